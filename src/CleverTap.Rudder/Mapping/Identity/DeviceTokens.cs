using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>
/// Maps the push token of a mobile device, which an identify call uploads if <see cref="MappingOptions.EnableObjectIdMapping"/> is on.
/// </summary>
internal static class DeviceTokens
{
    private const string TokenField = "context.device.token";

    public static void Map(in ParsedEvent parsed, in ParsedContext eventContext, RecordIdentity user, MappingContext context)
    {
        if (user.Field != RecordIdentity.IdField.ObjectId || eventContext.DeviceToken is not { IsTruthy: true } token)
        {
            return;
        }

        JsonSlice osName = eventContext.OsName;
        if (!AreTexts(token, osName))
        {
            context.Warn(
                WarningCode.FieldIgnored,
                TokenField,
                "the token and context.os.name must be text and the token was ignored; send both as text"
            );
            return;
        }

        if (FindDefaultType(osName) is not { } defaultType)
        {
            context.Warn(
                WarningCode.FieldIgnored,
                TokenField,
                "only Android, iOS, watchOS, iPadOS and tvOS have push tokens and the token was ignored; send context.os.name"
            );
            return;
        }

        JsonSlice options = IntegrationsObject.ReadOptions(parsed.Integrations);
        string type = ChooseType(options, defaultType, context);
        context.Records.WriteToken(user.Id, token, Encoding.ASCII.GetBytes(type), options.Member("chromeKeys"u8));
    }

    private static bool AreTexts(JsonSlice token, JsonSlice osName) =>
        token.Kind == JsonValueKind.String && (!osName.IsTruthy || osName.Kind == JsonValueKind.String);

    /// <summary>Finds the token type of an operating system, or null if its devices have no push token.</summary>
    private static string? FindDefaultType(JsonSlice osName) =>
        osName.ToText()?.ToLowerInvariant() switch
        {
            "android" => "fcm",
            "ios" or "watchos" or "ipados" or "tvos" => "apns",
            _ => null,
        };

    /// <summary>Returns the type that the event's options name, or the default type if they name none that CleverTap knows.</summary>
    private static string ChooseType(JsonSlice options, string defaultType, MappingContext context)
    {
        JsonSlice option = options.Member("deviceTokenType"u8);
        if (option.Kind != JsonValueKind.String || option.ToText() is not { } type)
        {
            return defaultType;
        }

        if (CleverTapRules.TokenTypes.Contains(type))
        {
            return type;
        }

        context.Warn(
            WarningCode.FieldIgnored,
            "integrations.CleverTap.deviceTokenType",
            $"CleverTap does not know this token type and {defaultType} was sent; use {string.Join(", ", CleverTapRules.TokenTypes)}"
        );
        return defaultType;
    }
}
