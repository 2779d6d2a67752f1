using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>The push token of a mobile device, which goes along with an identify call under objectId mapping.</summary>
internal static class DeviceTokens
{
    public static void Map(in ParsedEvent e, in ParsedContext context, RecordIdentity user, MappingContext run)
    {
        if (user.Field != RecordIdentity.IdField.ObjectId)
        {
            return;
        }

        JsonSlice token = context.DeviceToken;
        if (!token.IsTruthy)
        {
            return;
        }

        JsonSlice os = context.OsName;
        if (token.Kind != JsonValueKind.String || (os.IsTruthy && os.Kind != JsonValueKind.String))
        {
            run.Warn(
                WarningCode.FieldIgnored,
                "context.device.token",
                "the token and context.os.name must be text and the token was ignored; send both as text"
            );
            return;
        }

        if (DefaultType(os) is not { } type)
        {
            run.Warn(
                WarningCode.FieldIgnored,
                "context.device.token",
                "only Android, iOS, watchOS, iPadOS and tvOS have push tokens and the token was ignored; send context.os.name"
            );
            return;
        }

        JsonSlice options = IntegrationsObject.OptionsOf(e.Integrations);
        string? wanted = options.Member("deviceTokenType"u8) is { Kind: JsonValueKind.String } value ? value.ToText() : null;
        if (wanted is not null && CleverTapRules.TokenTypes.Contains(wanted))
        {
            type = wanted;
        }
        else if (wanted is not null)
        {
            run.Warn(
                WarningCode.FieldIgnored,
                "integrations.CleverTap.deviceTokenType",
                $"CleverTap does not know this token type and {type} was sent; use {string.Join(", ", CleverTapRules.TokenTypes)}"
            );
        }

        run.Records.WriteToken(user.Id, token, Encoding.ASCII.GetBytes(type), options.Member("chromeKeys"u8));
    }

    /// <summary>Null for a system whose devices have no push token.</summary>
    private static string? DefaultType(JsonSlice osName) =>
        osName.ToText()?.ToLowerInvariant() switch
        {
            "android" => "fcm",
            "ios" or "watchos" or "ipados" or "tvos" => "apns",
            _ => null,
        };
}
