using System.Buffers;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Records;

/// <summary>Converts trait names to snake_case, as the guide says: "lower case and snake_case any user traits".</summary>
internal static class SnakeCase
{
    /// <summary>A name that contains only these bytes needs no conversion.</summary>
    private static readonly SearchValues<byte> SnakeCaseBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-.$@/"u8);

    public static FieldName Convert(FieldName name)
    {
        ReadOnlySpan<byte> bytes = name.Span;
        if (
            !bytes.ContainsAnyExcept(SnakeCaseBytes)
            || bytes.StartsWith("MSG-"u8)
            || bytes.StartsWith("category-"u8)
            || CleverTapRules.StandardFields.ContainsKey(name)
        )
        {
            return name;
        }

        return new FieldName(JsonNamingPolicy.SnakeCaseLower.ConvertName(name.ToString()));
    }
}
