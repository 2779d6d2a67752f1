using System.Buffers;
using System.Text.Json;

namespace CleverTap.Rudder;

/// <summary>The guide's "lower case and snake_case any user traits".</summary>
internal static class SnakeCase
{
    /// <summary>Names of nothing else are snake_case already.</summary>
    private static readonly SearchValues<byte> Settled = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-.$@/"u8);

    public static FieldName Of(FieldName name)
    {
        ReadOnlySpan<byte> bytes = name.Bytes.Span;
        if (!bytes.ContainsAnyExcept(Settled) || bytes.StartsWith("MSG-"u8) || bytes.StartsWith("category-"u8) || CleverTapRules.StandardFields.ContainsKey(name))
            return name;

        return new FieldName(JsonNamingPolicy.SnakeCaseLower.ConvertName(name.ToString()));
    }
}
