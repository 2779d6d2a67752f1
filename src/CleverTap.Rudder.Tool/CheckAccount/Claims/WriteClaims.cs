using CleverTap.Rudder.Internal.Records;
using CleverTap.Rudder.Internal.Testing.Api;

namespace CleverTap.Rudder.Tool.CheckAccount.Claims;

/// <summary>The claims that a dry run cannot show. Their probes store a profile, look it up and delete it.</summary>
internal static class WriteClaims
{
    private const string Stored = $"{Probe.User}-stored";
    private const string DeletePath = "1/delete/profiles.json";

    public static IEnumerable<Claim> All =>
        [
            new(
                "upload-stores",
                "An upload without dry run is accepted",
                Grade.Confirmed,
                Sources.UploadProfiles,
                [Member.Client(nameof(CleverTapClient.UploadAsync)), nameof(UploadEndpoint)],
                Write("1/upload", $"{{\"d\":[{{\"identity\":\"{Stored}\",\"type\":\"profile\",\"profileData\":{{\"Name\":\"Check\"}}}}]}}")
            ),
            new(
                "upload-stored",
                "The profile of that upload can be looked up, so that a look-up shows whether a dry run stored something",
                Grade.Confirmed,
                Sources.NodeClient,
                [Member.Client(nameof(CleverTapClient.UploadAsync)), nameof(UploadEndpoint)],
                new LookupProbe(Stored, IsStored: true)
            ),
            new(
                "subscribe",
                "An address can be unsubscribed",
                Grade.Confirmed,
                Sources.SubscribeApi,
                [Member.Client(nameof(CleverTapClient.SubscribeAsync)), nameof(SubscribeEndpoint)],
                Write("1/subscribe", "{\"d\":[{\"type\":\"email\",\"value\":\"check@example.com\",\"status\":\"Unsubscribe\"}]}")
            ),
            new(
                "delete",
                "Profiles can be deleted by identity",
                Grade.Confirmed,
                Sources.DeleteProfiles,
                [Member.Client(nameof(CleverTapClient.DeleteProfilesAsync)), nameof(DeleteProfilesEndpoint)],
                Write(DeletePath, $"{{\"identity\":[\"{Stored}\"]}}")
            ),
            new(
                "delete-too-many",
                $"A call that deletes more than {CleverTapRules.UsersPerCall} profiles is rejected",
                Grade.Confirmed,
                Sources.DeleteProfiles,
                [Member.Of(CleverTapRules.UsersPerCall), nameof(UserIdList)],
                Write(DeletePath, $"{{\"identity\":[{ProbeRecord.Elements(CleverTapRules.UsersPerCall + 1, Unknown)}]}}", 400)
            ),
            new(
                "delete-ambiguous",
                "A call that deletes by identity and by CleverTap id at once is rejected",
                Grade.Confirmed,
                Sources.DeleteProfiles,
                [Member.Client(nameof(CleverTapClient.DeleteProfilesByCleverTapIdAsync)), nameof(DeleteProfilesEndpoint)],
                Write(DeletePath, $"{{\"identity\":\"{Stored}\",\"guid\":\"{Stored}\"}}", 400)
            ),
        ];

    private static string Unknown(int number) => $"\"{Probe.User}-{number}\"";

    private static HttpProbe Write(string path, string body, int status = 200) =>
        new(new ProbeRequest(HttpMethod.Post, path, body), status) { Writes = true };
}
