using System.Globalization;
using System.Text;

namespace CleverTap.Rudder.BrowserTests.DeviceMode;

/// <summary>Reads the queues of the SDK in a lossless notation.</summary>
/// <remarks>A text is written as its UTF-16 code units; the members of an object are sorted by name.</remarks>
internal static class Readout
{
    public const string Script = """
        () => {
          const text = s => '"' + Array.from({ length: s.length }, (_, i) => s.charCodeAt(i).toString(16)).join(' ') + '"';
          const read = v =>
            typeof v === 'string' ? text(v)
            : v instanceof Date ? 'date ' + v.getTime()
            : Array.isArray(v) ? '[' + v.map(read).join(',') + ']'
            : v && typeof v === 'object' ? '{' + Object.keys(v).map(k => text(k) + ':' + read(v[k])).sort().join(',')
              + (Object.getPrototypeOf(v) === Object.prototype ? '' : ' of another kind') + '}'
            : String(v);
          return [clevertap.event, clevertap.profile].map(queue => Array.from(queue, read));
        }
        """;

    public static string FormatText(string text) =>
        $"\"{string.Join(' ', text.Select(unit => ((int)unit).ToString("x", CultureInfo.InvariantCulture)))}\"";

    public static string FormatObject(IEnumerable<KeyValuePair<string, string>> members) =>
        "{"
        + string.Join(',', members.Select(member => $"{FormatText(member.Key)}:{FormatMember(member)}").Order(StringComparer.Ordinal))
        + "}";

    private static string FormatMember(KeyValuePair<string, string> member) =>
        member.Key != "Identity" && RandomText.ParseDate(member.Value) is { } date
            ? string.Create(CultureInfo.InvariantCulture, $"date {date}")
            : FormatText(member.Value);

    /// <summary>Writes a text as JSON, with an escape for every code unit.</summary>
    public static string ToJson(string text) =>
        text.Aggregate(new StringBuilder("\""), (json, unit) => json.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}"))
            .Append('"')
            .ToString();

    public static string ToJson(IEnumerable<KeyValuePair<string, string>> members) =>
        $"{{{string.Join(',', members.Select(member => $"{ToJson(member.Key)}:{ToJson(member.Value)}"))}}}";
}
