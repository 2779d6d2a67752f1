using System.Text.Json;
using CleverTap.Rudder.Testing;

namespace Playground.Stored;

/// <summary>The totals, the latest profiles, the details of one profile, and the latest rejected records.</summary>
internal sealed record StoredResponse(
    Totals Totals,
    IReadOnlyList<ProfileSummary> Profiles,
    ProfileDetails? Shown,
    IReadOnlyList<RejectedView> Rejected
)
{
    /// <summary>The maximum number of listed profiles and records; the totals count all.</summary>
    private const int MaxListed = 100;

    public static StoredResponse Create(CleverTapEmulator emulator, string? user)
    {
        ProfileSummary[] profiles =
        [
            .. emulator.Profiles.Reverse().Take(MaxListed).Select(profile => ProfileSummary.Create(profile.Key, profile.Value)),
        ];

        // Any id finds a merged profile, which is listed under its first id.
        string? shown =
            user is not null && emulator.Profiles.TryGetValue(user, out StoredProfile? known)
                ? GetFirstId(known)
                : profiles.FirstOrDefault()?.Id;
        return new StoredResponse(
            Totals.Create(emulator),
            profiles,
            shown is not null && emulator.Profiles.TryGetValue(shown, out StoredProfile? profile)
                ? ProfileDetails.Create(shown, profile, emulator.EventsOf(shown))
                : null,
            [
                .. emulator
                    .Rejected.Reverse()
                    .Take(MaxListed)
                    .Select(rejected => new RejectedView(rejected.Code, rejected.Error, rejected.Record.GetRawText())),
            ]
        );
    }

    private static string? GetFirstId(StoredProfile profile) => profile.Identities.Concat(profile.ObjectIds).FirstOrDefault();
}

/// <summary>The counts since the start, and the number of requests with each fault.</summary>
internal sealed record Totals(long Profiles, long Events, long Rejected, long Requests, IReadOnlyDictionary<string, int> Faults)
{
    public static Totals Create(CleverTapEmulator emulator) =>
        new(
            emulator.ProfileCount,
            emulator.EventCount,
            emulator.RejectedCount,
            emulator.RequestCount,
            emulator
                .Requests.Where(request => request.Fault != CleverTapFault.None)
                .CountBy(request => request.Fault)
                .ToDictionary(count => count.Key.ToString(), count => count.Value)
        );
}

internal sealed record ProfileSummary(string Id, string? Name, int Ids)
{
    public static ProfileSummary Create(string id, StoredProfile profile) =>
        new(
            id,
            profile.Attributes.TryGetValue("Name", out JsonElement name) ? name.GetRawText() : null,
            profile.Identities.Count + profile.ObjectIds.Count
        );
}

/// <summary>A profile with its attributes and its events, the latest first.</summary>
internal sealed record ProfileDetails(
    string Id,
    IReadOnlyList<string> Identities,
    IReadOnlyList<string> ObjectIds,
    IReadOnlyList<NamedValue> Attributes,
    IReadOnlyList<StoredEventView> Events,
    int EventCount
)
{
    private const int MaxEvents = 100;

    public static ProfileDetails Create(string id, StoredProfile profile, IReadOnlyList<StoredEvent> events) =>
        new(
            id,
            profile.Identities,
            profile.ObjectIds,
            NamedValue.FromMembers(profile.Attributes),
            [
                .. events
                    .Reverse()
                    .Take(MaxEvents)
                    .Select(stored => new StoredEventView(
                        stored.Number,
                        stored.Name,
                        stored.OccurredAt,
                        NamedValue.FromMembers(stored.Properties)
                    )),
            ],
            events.Count
        );
}

internal sealed record StoredEventView(long Number, string Name, long OccurredAt, IReadOnlyList<NamedValue> Properties);

/// <summary>A name and its value as JSON.</summary>
internal sealed record NamedValue(string Name, string Value)
{
    public static IReadOnlyList<NamedValue> FromMembers(IReadOnlyDictionary<string, JsonElement> values) =>
        [.. values.Select(value => new NamedValue(value.Key, value.Value.GetRawText()))];
}

internal sealed record RejectedView(int Code, string Error, string Record);
