using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>The guide's "lower case and snake_case any user traits".</summary>
internal static class SnakeCase
{
    /// <summary>Names of nothing else are snake_case already.</summary>
    private static readonly SearchValues<byte> Settled = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-.$@/"u8);

    /// <summary>Trait names repeat from event to event. Bounded, because whoever sends events chooses them.</summary>
    private static readonly ConcurrentDictionary<FieldName, FieldName> Converted = new();

    private const int MostKept = 16 * 1024;
    private const int LongestKept = 128;
    private static int kept;

    public static FieldName Of(FieldName name)
    {
        ReadOnlySpan<byte> bytes = name.Span;
        if (
            !bytes.ContainsAnyExcept(Settled)
            || bytes.StartsWith("MSG-"u8)
            || bytes.StartsWith("category-"u8)
            || CleverTapRules.FindStandardField(name, bytes) is not null
        )
        {
            return name;
        }

        if (Converted.TryGetValue(name, out FieldName known))
        {
            return known;
        }

        var snake = new FieldName(JsonNamingPolicy.SnakeCaseLower.ConvertName(name.ToString()));
        if (bytes.Length <= LongestKept && kept < MostKept && Converted.TryAdd(new FieldName(bytes.ToArray()), snake))
        {
            Interlocked.Increment(ref kept);
        }

        return snake;
    }
}
