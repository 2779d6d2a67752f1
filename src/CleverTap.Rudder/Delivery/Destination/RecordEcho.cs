using System.Text;
using System.Text.Json;

namespace CleverTap.Rudder;

/// <summary>
/// Finds the record that CleverTap quotes in a refusal. The quote is not always to the letter: a phone number comes back as
/// a number, a numeric id as text. So only names and the texts of values are compared, without a leading plus.
/// </summary>
internal static class RecordEcho
{
    /// <summary>The place of the first record that is quoted and not yet spoken for; -1 where there is none.</summary>
    public static int PlaceOf(JsonValue echo, IReadOnlyList<RecordOfEvent> records, UnprocessedRecord?[] judged)
    {
        if (echo.Kind != JsonValueKind.Object) return -1;
        string quoted = Gist(echo);
        for (int place = 0; place < records.Count; place++)
        {
            if (judged[place] is null && Gist(new JsonValue(records[place].Record.Utf8Json)) == quoted) return place;
        }

        return -1;
    }

    private static string Gist(JsonValue value)
    {
        var gist = new StringBuilder();
        Append(gist, value);
        return gist.ToString();
    }

    private static void Append(StringBuilder gist, JsonValue value)
    {
        if (value.Kind != JsonValueKind.Object)
        {
            gist.Append(value.ToText()?.TrimStart('+') ?? Encoding.UTF8.GetString(value.Span)).Append('\n');
            return;
        }

        var members = new SortedDictionary<string, JsonValue>(StringComparer.Ordinal);
        var reader = new MemberReader(value);
        while (reader.Next()) members[JsonText.Decode(reader.NameSpan)] = reader.Value;
        foreach ((string name, JsonValue member) in members)
        {
            gist.Append(name).Append('\n');
            Append(gist, member);
        }
    }
}
