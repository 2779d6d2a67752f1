using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Converts the traits <c>MSG-email</c>, <c>MSG-push</c>, <c>MSG-sms</c> and similar traits to booleans.</summary>
/// <remarks>
/// False opts the user out (guide, "Identify"). An opt-out that CleverTap does not understand has no effect.
/// </remarks>
internal static class MessagingFlags
{
    public static readonly JsonSlice True = new("true"u8.ToArray());
    public static readonly JsonSlice False = new("false"u8.ToArray());

    /// <summary>Converts a value to a boolean if possible. If not, it returns the original value and adds a warning.</summary>
    public static JsonSlice Convert(TraitName name, JsonSlice value, MappingContext context)
    {
        if (value.Kind is JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null)
        {
            return value;
        }

        if (context.Options.NormalizeProfileFields && ReadFlag(value) is { IsMissing: false } flag)
        {
            return flag;
        }

        context.Warn(
            WarningCode.MessagingFlagNotBoolean,
            name.ToString(),
            "CleverTap reads only true and false here, so that an opt-out does not take effect; send false to opt out, true to opt in"
        );
        return value;
    }

    private static JsonSlice ReadFlag(JsonSlice value)
    {
        if (value.Kind == JsonValueKind.Number)
        {
            return JsonNumber.ToDouble(value.Span) switch
            {
                0 => False,
                1 => True,
                _ => default,
            };
        }

        if (value.Kind != JsonValueKind.String)
        {
            return default;
        }

        ReadOnlySpan<byte> text = value.ContentSpan().Trim((byte)' ');
        if (Ascii.EqualsIgnoreCase(text, "false"u8) || Ascii.EqualsIgnoreCase(text, "no"u8) || text.SequenceEqual("0"u8))
        {
            return False;
        }

        if (Ascii.EqualsIgnoreCase(text, "true"u8) || Ascii.EqualsIgnoreCase(text, "yes"u8) || text.SequenceEqual("1"u8))
        {
            return True;
        }

        return default;
    }
}
