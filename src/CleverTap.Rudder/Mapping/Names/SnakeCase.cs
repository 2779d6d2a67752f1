using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Converts trait names to snake_case, as the guide says: "lower case and snake_case any user traits".</summary>
internal static class SnakeCase
{
    /// <summary>A name that contains only these bytes needs no conversion.</summary>
    private static readonly SearchValues<byte> SnakeCaseBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-.$@/"u8);

    /// <summary>
    /// Caches conversions, because trait names repeat. The cache is bounded, because the sender of events chooses the names.
    /// </summary>
    private static readonly ConcurrentDictionary<FieldName, FieldName> Cache = new();

    private const int MaxCachedNames = 16 * 1024;
    private const int MaxCachedNameBytes = 128;
    private static int cachedCount;

    public static FieldName Convert(FieldName name)
    {
        ReadOnlySpan<byte> bytes = name.Span;
        if (
            !bytes.ContainsAnyExcept(SnakeCaseBytes)
            || bytes.StartsWith("MSG-"u8)
            || bytes.StartsWith("category-"u8)
            || CleverTapRules.FindStandardField(name, bytes) is not null
        )
        {
            return name;
        }

        if (Cache.TryGetValue(name, out FieldName known))
        {
            return known;
        }

        var snake = new FieldName(JsonNamingPolicy.SnakeCaseLower.ConvertName(name.ToString()));
        if (bytes.Length <= MaxCachedNameBytes && cachedCount < MaxCachedNames && Cache.TryAdd(new FieldName(bytes.ToArray()), snake))
        {
            Interlocked.Increment(ref cachedCount);
        }

        return snake;
    }
}
