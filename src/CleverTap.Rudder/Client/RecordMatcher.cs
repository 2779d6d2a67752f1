using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Client;

/// <summary>
/// Finds the record that CleverTap quotes in a rejection. The quote is not always to the letter: a phone number comes back as
/// a number, a numeric id as text. So only names and the texts of values are compared, without a leading plus.
/// </summary>
/// <param name="records">The records of the upload.</param>
/// <param name="judged">What was said of each so far; whoever asks fills it in.</param>
internal sealed class RecordMatcher(IReadOnlyList<CleverTapRecord> records, UnprocessedRecord?[] judged)
{
    /// <summary>The places of the records by what is compared. Made once: an upload may be rejected record by record.</summary>
    private Dictionary<string, Queue<int>>? places;

    /// <summary>
    /// The index of the rejected record: the one with the number, unless CleverTap quotes another; the quoted one if there is no
    /// number; -1 if there is neither.
    /// </summary>
    public int IndexOf(UnprocessedRecord entry)
    {
        int index = entry.RecordNumber is { } number && number >= 1 && number <= records.Count ? number - 1 : -1;
        bool isQuoted = entry.Echo.Kind == JsonValueKind.Object;
        if (index < 0)
        {
            return isQuoted ? IndexOf(entry.Echo) : -1;
        }

        if (isQuoted && Gist(entry.Echo) != Gist(new JsonSlice(records[index].Utf8Json)) && IndexOf(entry.Echo) is >= 0 and var quoted)
        {
            return quoted;
        }

        return index;
    }

    private int IndexOf(JsonSlice echo)
    {
        places ??= ByGist();
        if (!places.TryGetValue(Gist(echo), out Queue<int>? alike))
        {
            return -1;
        }

        while (alike.TryPeek(out int place))
        {
            if (judged[place] is null)
            {
                return place;
            }

            alike.Dequeue();
        }

        return -1;
    }

    private Dictionary<string, Queue<int>> ByGist()
    {
        Dictionary<string, Queue<int>> found = new(StringComparer.Ordinal);
        for (int place = 0; place < records.Count; place++)
        {
            string gist = Gist(new JsonSlice(records[place].Utf8Json));
            if (!found.TryGetValue(gist, out Queue<int>? alike))
            {
                found.Add(gist, alike = new Queue<int>(1));
            }

            alike.Enqueue(place);
        }

        return found;
    }

    private static string Gist(JsonSlice value)
    {
        var gist = new StringBuilder();
        Append(gist, value);
        return gist.ToString();
    }

    private static void Append(StringBuilder gist, JsonSlice value)
    {
        if (value.Kind != JsonValueKind.Object)
        {
            gist.Append(value.ToText()?.TrimStart('+') ?? Encoding.UTF8.GetString(value.Span)).Append('\n');
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
            gist.Append(name).Append('\n');
            Append(gist, member);
        }
    }
}
