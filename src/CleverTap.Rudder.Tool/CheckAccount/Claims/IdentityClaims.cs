using CleverTap.Rudder.Internal.Records;
using CleverTap.Rudder.Internal.Testing.Validation;

namespace CleverTap.Rudder.Tool.CheckAccount;

/// <summary>The claims about the ids of users.</summary>
internal static class IdentityClaims
{
    public static IEnumerable<Claim> All => [.. Ids, .. Identities, .. ObjectIds];

    private static Claim[] Ids =>
        [
            new(
                "id-missing",
                "A record without an id is rejected",
                Grade.Confirmed,
                Sources.ApiErrors,
                [Member.Of(RecordCode.IdentityMissing), Member.Option(nameof(MappingOptions.RequireIds)), nameof(UploadValidator)],
                new UploadProbe(
                    Missing("no id", ""),
                    Missing("null", "\"identity\":null"),
                    Missing("empty", "\"identity\":\"\""),
                    new ProbeRecord("profile", "{\"type\":\"profile\",\"profileData\":{}}", RecordCode.IdentityMissing)
                )
            ),
            new(
                "id-kinds",
                "identity, objectId, FBID or GPID is enough to identify the user",
                Grade.Confirmed,
                Sources.UploadEvents,
                [nameof(RecordIdentity), nameof(UserKeyKind)],
                new UploadProbe(
                    ProbeRecord.EventOf("identity", $"\"identity\":\"{Probe.User}\""),
                    ProbeRecord.EventOf("objectId", $"\"objectId\":\"{Probe.User}\""),
                    ProbeRecord.EventOf("FBID", $"\"FBID\":\"{Probe.User}\""),
                    ProbeRecord.EventOf("GPID", $"\"GPID\":\"{Probe.User}\"")
                )
            ),
            new(
                "id-both",
                "A record may have an identity and an objectId",
                Grade.Unsure,
                Sources.Undocumented,
                [nameof(UploadValidator)],
                new UploadProbe(ProbeRecord.EventOf("both", $"\"identity\":\"{Probe.User}\",\"objectId\":\"{Probe.User}\""))
            ),
        ];

    private static Claim[] Identities =>
        [
            new(
                "identity-number",
                "An identity may be a number",
                Grade.Unsure,
                Sources.ObservedResponses,
                [nameof(UploadValidator)],
                new UploadProbe(ProbeRecord.EventOf("number", "\"identity\":990000000001"))
            ),
            new(
                "identity-not-text",
                "An identity that is neither text nor a number is rejected",
                Grade.Unsure,
                Sources.Undocumented,
                [Member.Of(RecordCode.IdentityMissing), nameof(UploadValidator)],
                new UploadProbe(Missing("true", "\"identity\":true"), Missing("object", "\"identity\":{}"))
            ),
            new(
                "identity-length",
                $"An identity may have {CleverTapRules.IdentityBytes} bytes",
                Grade.Unsure,
                Sources.Imports,
                [Member.Of(CleverTapRules.IdentityBytes), Member.Of(WarningCode.IdentityRejected), nameof(UploadValidator)],
                new UploadProbe(
                    ProbeRecord.EventOf($"{CleverTapRules.IdentityBytes} bytes", Identity(new string('i', CleverTapRules.IdentityBytes))),
                    Missing($"{CleverTapRules.IdentityBytes + 1} bytes", Identity(new string('i', CleverTapRules.IdentityBytes + 1)))
                )
            ),
            new(
                "identity-rejected",
                "Texts that mean nothing, such as null and undefined, are no identities",
                Grade.Unsure,
                Sources.Imports,
                [Member.Of(CleverTapRules.RejectedIdentities), Member.Of(WarningCode.IdentityRejected), nameof(UploadValidator)],
                new UploadProbe([.. CleverTapRules.RejectedIdentities.Names.Select(name => Missing(name, Identity(name)))])
            ),
            new(
                "identity-rejected-case",
                "Such a text is no identity in any case",
                Grade.Unsure,
                Sources.Imports,
                [Member.Of(CleverTapRules.RejectedIdentities), nameof(UploadValidator)],
                new UploadProbe(Missing("NULL", Identity("NULL")), Missing("Undefined", Identity("Undefined")))
            ),
        ];

    private static Claim[] ObjectIds =>
        [
            new(
                "object-id-invalid",
                $"An objectId must have 1 to {CleverTapRules.ObjectIdCharacters} letters, digits and ( ) ! : @ $ _ -",
                Grade.Unsure,
                "CleverTap docs, set CleverTap ID",
                [
                    Member.Of(RecordCode.ObjectIdInvalid),
                    Member.Of(CleverTapRules.ObjectIdCharacters),
                    Member.Of(WarningCode.ObjectIdRejected),
                    Member.Option(nameof(MappingOptions.EnableObjectIdMapping)),
                    nameof(UploadValidator),
                ],
                new UploadProbe(
                    ProbeRecord.EventOf("longest", ObjectId(new string('o', CleverTapRules.ObjectIdCharacters))),
                    ProbeRecord.EventOf("signs", ObjectId("A-z_0(1)!:@$9")),
                    Invalid("too long", ObjectId(new string('o', CleverTapRules.ObjectIdCharacters + 1))),
                    Invalid("space", ObjectId("a b")),
                    Invalid("slash", ObjectId("a/b")),
                    Invalid("letter beyond ASCII", ObjectId("ä")),
                    Invalid("empty", ObjectId("")),
                    Invalid("number", "\"objectId\":990000000001")
                )
            ),
        ];

    private static string Identity(string identity) => $"\"identity\":{ProbeRecord.Text(identity)}";

    private static string ObjectId(string objectId) => $"\"objectId\":{ProbeRecord.Text(objectId)}";

    private static ProbeRecord Missing(string label, string ids) => ProbeRecord.EventOf(label, ids, RecordCode.IdentityMissing);

    private static ProbeRecord Invalid(string label, string ids) => ProbeRecord.EventOf(label, ids, RecordCode.ObjectIdInvalid);
}
