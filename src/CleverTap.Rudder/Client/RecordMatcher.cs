using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Client;

/// <summary>Finds the record that CleverTap quotes in a rejection.</summary>
/// <remarks>
/// The quote may differ from the record: a phone number comes back as a number, a numeric id as text. Therefore only the names and the
/// texts of values are compared, without a leading plus.
/// </remarks>
/// <param name="records">The records of the upload.</param>
/// <param name="rejections">The rejection of each record so far. The caller fills it in.</param>
internal sealed class RecordMatcher(IReadOnlyList<CleverTapRecord> records, UnprocessedRecord?[] rejections)
{
    /// <summary>The indexes of the records by the text that is compared. It is built once, because many records may be rejected.</summary>
    private Dictionary<string, Queue<int>>? indexes;

    /// <summary>
    /// Returns the index of the rejected record: the record with the number, unless CleverTap quotes another one, or the quoted record if
    /// there is no number. Returns -1 if there is neither.
    /// </summary>
    public int IndexOf(UnprocessedRecord entry)
    {
        int index = entry.RecordNumber is { } number && number >= 1 && number <= records.Count ? number - 1 : -1;
        bool isQuoted = entry.Echo.Kind == JsonValueKind.Object;
        if (index < 0)
        {
            return isQuoted ? IndexOf(entry.Echo) : -1;
        }

        if (isQuoted && TextOf(entry.Echo) != TextOf(new JsonSlice(records[index].Utf8Json)) && IndexOf(entry.Echo) is >= 0 and var quoted)
        {
            return quoted;
        }

        return index;
    }

    private int IndexOf(JsonSlice echo)
    {
        indexes ??= IndexByText();
        if (!indexes.TryGetValue(TextOf(echo), out Queue<int>? same))
        {
            return -1;
        }

        while (same.TryPeek(out int index))
        {
            if (rejections[index] is null)
            {
                return index;
            }

            same.Dequeue();
        }

        return -1;
    }

    private Dictionary<string, Queue<int>> IndexByText()
    {
        Dictionary<string, Queue<int>> found = new(StringComparer.Ordinal);
        for (int index = 0; index < records.Count; index++)
        {
            string text = TextOf(new JsonSlice(records[index].Utf8Json));
            if (!found.TryGetValue(text, out Queue<int>? same))
            {
                found.Add(text, same = new Queue<int>(1));
            }

            same.Enqueue(index);
        }

        return found;
    }

    private static string TextOf(JsonSlice value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonSlice value)
    {
        if (value.Kind != JsonValueKind.Object)
        {
            text.Append(value.ToText()?.TrimStart('+') ?? Encoding.UTF8.GetString(value.Span)).Append('\n');
            return;
        }

        var members = new SortedDictionary<string, JsonSlice>(StringComparer.Ordinal);
        var reader = new MemberReader(value);
        while (reader.Next())
        {
            members[JsonText.Decode(reader.NameSpan)] = reader.Value;
        }

        foreach ((string name, JsonSlice member) in members)
        {
            text.Append(name).Append('\n');
            Append(text, member);
        }
    }
}
