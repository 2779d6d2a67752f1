using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CleverTap.Rudder.Tests.Json;

/// <summary>A simple implementation of JSON.stringify(JSON.parse(text)).</summary>
/// <remarks><c>prune</c> removes nulls and containers that are empty after that.</remarks>
internal static class StringifyOracle
{
    /// <summary>Returns the text (null if pruning leaves nothing) and whether all its numbers are within the range of a double.</summary>
    public static (string? Text, bool IsExact) Stringify(ReadOnlySpan<byte> json, NumberFormat numbers, bool prune = false)
    {
        var reader = new Utf8JsonReader(json, JsonSlice.AnyDepth);
        reader.Read();
        bool isExact = true;
        return (Write(ref reader, numbers, prune, ref isExact), isExact);
    }

    /// <summary>A canonical text as a JSON string.</summary>
    public static string AsText(string canonical) =>
        $"\"{canonical.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string? Write(ref Utf8JsonReader reader, NumberFormat numbers, bool prune, ref bool isExact)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var names = new List<string>();
                var values = new Dictionary<string, string?>(StringComparer.Ordinal);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    string name = Canonical(reader.ValueSpan);
                    reader.Read();
                    if (!values.ContainsKey(name))
                    {
                        names.Add(name);
                    }

                    values[name] = Write(ref reader, numbers, prune, ref isExact);
                }

                string[] members =
                [
                    .. names.OrderBy(Rank).Where(name => values[name] is not null).Select(name => $"\"{name}\":{values[name]}"),
                ];
                return prune && members.Length == 0 ? null : $"{{{string.Join(",", members)}}}";
            case JsonTokenType.StartArray:
                var elements = new List<string>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    if (Write(ref reader, numbers, prune, ref isExact) is { } element)
                    {
                        elements.Add(element);
                    }
                }

                return prune && elements.Count == 0 ? null : $"[{string.Join(",", elements)}]";
            case JsonTokenType.String:
                return $"\"{Canonical(reader.ValueSpan)}\"";
            case JsonTokenType.Number:
                var number = new Utf8Buffer();
                isExact &= JsonNumber.Append(number, reader.ValueSpan, numbers);
                return Encoding.ASCII.GetString(number.Written);
            case JsonTokenType.Null when prune:
                return null;
            default:
                return Encoding.ASCII.GetString(reader.ValueSpan);
        }
    }

    private static string Canonical(ReadOnlySpan<byte> content) => Encoding.UTF8.GetString(JsonText.Encode(JsonText.Decode(content)));

    /// <summary>Orders array indexes by their number and all other names after them.</summary>
    private static ulong Rank(string name) =>
        ulong.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out ulong index)
        && index < uint.MaxValue
        && index.ToString(CultureInfo.InvariantCulture) == name
            ? index
            : ulong.MaxValue;
}
