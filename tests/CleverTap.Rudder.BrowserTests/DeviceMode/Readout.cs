using System.Globalization;
using System.Text;

namespace CleverTap.Rudder.BrowserTests.DeviceMode;

/// <summary>
/// What stands in the SDK's queues, in a notation that loses nothing on the way out of the browser: each text as its UTF-16
/// code units, members in the order of their names.
/// </summary>
internal static class Readout
{
    public const string Script = """
        () => {
          const text = s => '"' + Array.from({ length: s.length }, (_, i) => s.charCodeAt(i).toString(16)).join(' ') + '"';
          const read = v =>
            typeof v === 'string' ? text(v)
            : v instanceof Date ? 'date ' + v.getTime()
            : Array.isArray(v) ? '[' + v.map(read).join(',') + ']'
            : v && typeof v === 'object' ? '{' + Object.keys(v).map(k => text(k) + ':' + read(v[k])).sort().join(',') + (Object.getPrototypeOf(v) === Object.prototype ? '' : ' of another kind') + '}'
            : String(v);
          return [clevertap.event, clevertap.profile].map(queue => Array.from(queue, read));
        }
        """;

    public static string OfPlain(string text) =>
        $"\"{string.Join(' ', text.Select(unit => ((int)unit).ToString("x", CultureInfo.InvariantCulture)))}\"";

    public static string Of(IEnumerable<KeyValuePair<string, string>> members) =>
        $"{{{string.Join(',', members.Select(member => $"{OfPlain(member.Key)}:{OfMember(member)}").Order(StringComparer.Ordinal))}}}";

    private static string OfMember(KeyValuePair<string, string> member) =>
        member.Key != "Identity" && RandomText.ParseDate(member.Value) is { } date
            ? string.Create(CultureInfo.InvariantCulture, $"date {date}")
            : OfPlain(member.Value);

    /// <summary>The text as JSON with nothing but escapes.</summary>
    public static string Json(string text) =>
        text.Aggregate(new StringBuilder("\""), (json, unit) => json.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}"))
            .Append('"')
            .ToString();

    public static string Json(IEnumerable<KeyValuePair<string, string>> members) =>
        $"{{{string.Join(',', members.Select(member => $"{Json(member.Key)}:{Json(member.Value)}"))}}}";
}
