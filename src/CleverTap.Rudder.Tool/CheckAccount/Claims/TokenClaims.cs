using CleverTap.Rudder.Internal.Testing.Validation;

namespace CleverTap.Rudder.Tool.CheckAccount.Claims;

/// <summary>The claims about device tokens. Their device is made up, so that CleverTap may reject all of them with 530.</summary>
internal static class TokenClaims
{
    private const string Device = $"\"objectId\":\"{Probe.User}\"";

    /// <summary>A token of a device that CleverTap does not know.</summary>
    public static readonly ProbeRecord Valid = ProbeRecord.Token("valid", $"{Device},\"tokenData\":{{\"id\":\"check\",\"type\":\"fcm\"}}");

    public static IEnumerable<Claim> All =>
        [
            new(
                "token-object-id",
                "A device token needs the objectId of its device; an identity does not do",
                Grade.Confirmed,
                Sources.DeviceTokens,
                UsedIn(Member.Of(RecordCode.TokenObjectIdInvalid)),
                new UploadProbe(
                    WithoutDevice("no id", ""),
                    WithoutDevice("empty", "\"objectId\":\"\","),
                    WithoutDevice("identity", $"\"identity\":\"{Probe.User}\",")
                )
            ),
            Data(
                "token-data",
                "A device token needs its data, of which id and type are text",
                RecordCode.TokenDataInvalid,
                Member.Of(RecordCode.TokenDataInvalid),
                ("no data", "\"x\":1"),
                ("text", "\"tokenData\":\"check\""),
                ("id is a number", "\"tokenData\":{\"id\":1,\"type\":\"fcm\"}"),
                ("type is a number", "\"tokenData\":{\"id\":\"check\",\"type\":1}")
            ),
            Data(
                "token-id",
                "A device token without the token is rejected",
                RecordCode.TokenIdMissing,
                Member.Of(RecordCode.TokenIdMissing),
                ("no id", "\"tokenData\":{\"type\":\"fcm\"}"),
                ("empty", "\"tokenData\":{\"id\":\"\",\"type\":\"fcm\"}")
            ),
            Data(
                "token-type",
                "A device token without a type is rejected",
                RecordCode.TokenTypeMissing,
                Member.Of(RecordCode.TokenTypeMissing),
                ("no type", "\"tokenData\":{\"id\":\"check\"}"),
                ("empty", "\"tokenData\":{\"id\":\"check\",\"type\":\"\"}")
            ),
            Data(
                "token-type-unknown",
                "A device token of an unknown push service is rejected",
                RecordCode.TokenTypeInvalid,
                Member.Of(RecordCode.TokenTypeInvalid),
                ("unknown type", "\"tokenData\":{\"id\":\"check\",\"type\":\"pigeon\"}")
            ),
        ];

    private static Claim Data(string id, string statement, RecordCode code, string rule, params (string Label, string Members)[] records) =>
        new(
            id,
            statement,
            Grade.Unsure,
            Sources.ApiErrors,
            UsedIn(rule),
            new UploadProbe([.. records.Select(record => ProbeRecord.Token(record.Label, $"{Device},{record.Members}", code))])
        );

    private static ProbeRecord WithoutDevice(string label, string ids) =>
        ProbeRecord.Token(label, $"{ids}\"tokenData\":{{\"id\":\"check\",\"type\":\"fcm\"}}", RecordCode.TokenObjectIdInvalid);

    private static string[] UsedIn(string rule) => [rule, nameof(DeviceTokenRecord), nameof(TokenUploadValidator)];
}
