using System.Text.Json;
using CleverTap.Rudder.Tool.Output;

namespace CleverTap.Rudder.Tool.Compare;

/// <summary>Finds the differences between the records of two mappings for the same event.</summary>
internal static class RecordComparer
{
    private const int MaxValue = 80;

    /// <summary>Returns the differences; none if the results are the same.</summary>
    public static List<Difference> Compare(PresetResult before, PresetResult after)
    {
        if (before.Reason is not null || after.Reason is not null)
        {
            return before.Reason == after.Reason ? [] : [CompareReasons(before.Reason, after.Reason)];
        }

        if (before.Records.Span.SequenceEqual(after.Records.Span))
        {
            return [];
        }

        using JsonDocument first = before.ParseRecords();
        using JsonDocument second = after.ParseRecords();
        List<Difference> differences = [];
        ILookup<string, JsonElement> secondByType = second.RootElement.EnumerateArray().ToLookup(TypeOf);
        ILookup<string, JsonElement> firstByType = first.RootElement.EnumerateArray().ToLookup(TypeOf);
        foreach (string type in firstByType.Select(group => group.Key).Union(secondByType.Select(group => group.Key)))
        {
            CompareRecords(type, [.. firstByType[type]], [.. secondByType[type]], differences);
        }

        return differences;
    }

    private static Difference CompareReasons(string? before, string? after)
    {
        DifferenceKind kind =
            before is null ? DifferenceKind.OnlyRudderTransformer
            : after is null ? DifferenceKind.OnlyDefault
            : DifferenceKind.Reason;
        return new Difference(new DifferenceKey(kind, "", after is null ? before! : after), before ?? "mapped", after ?? "mapped");
    }

    private static void CompareRecords(string type, JsonElement[] before, JsonElement[] after, List<Difference> differences)
    {
        int both = Math.Min(before.Length, after.Length);
        for (int i = 0; i < both; i++)
        {
            CompareFields(type, Flatten(before[i]), Flatten(after[i]), differences);
        }

        foreach (JsonElement record in before.Skip(both))
        {
            differences.Add(new Difference(new DifferenceKey(DifferenceKind.Removed, type, ""), Shorten(record), ""));
        }

        foreach (JsonElement record in after.Skip(both))
        {
            differences.Add(new Difference(new DifferenceKey(DifferenceKind.Added, type, ""), "", Shorten(record)));
        }
    }

    private static void CompareFields(
        string type,
        Dictionary<string, JsonElement> before,
        Dictionary<string, JsonElement> after,
        List<Difference> differences
    )
    {
        foreach ((string field, JsonElement value) in before)
        {
            if (after.TryGetValue(field, out JsonElement other))
            {
                if (!string.Equals(value.GetRawText(), other.GetRawText(), StringComparison.Ordinal))
                {
                    differences.Add(new Difference(new(DifferenceKind.Changed, type, field), Shorten(value), Shorten(other)));
                }
            }
            else if (FindRenamed(field, value, before, after) is { } renamed)
            {
                differences.Add(new Difference(new(DifferenceKind.Renamed, type, $"{field} → {renamed}"), Shorten(value), Shorten(value)));
                after.Remove(renamed);
            }
            else
            {
                differences.Add(new Difference(new(DifferenceKind.Removed, type, field), Shorten(value), ""));
            }
        }

        foreach ((string field, JsonElement value) in after)
        {
            if (!before.ContainsKey(field))
            {
                differences.Add(new Difference(new(DifferenceKind.Added, type, field), "", Shorten(value)));
            }
        }
    }

    /// <summary>Finds a field that only the second record has, with the same value and the same letters and digits in its name.</summary>
    private static string? FindRenamed(
        string field,
        JsonElement value,
        Dictionary<string, JsonElement> before,
        Dictionary<string, JsonElement> after
    )
    {
        string letters = LettersOf(field);
        return after
            .FirstOrDefault(other =>
                !before.ContainsKey(other.Key)
                && string.Equals(LettersOf(other.Key), letters, StringComparison.OrdinalIgnoreCase)
                && string.Equals(other.Value.GetRawText(), value.GetRawText(), StringComparison.Ordinal)
            )
            .Key;
    }

    private static string LettersOf(string name) => string.Concat(name.Where(char.IsLetterOrDigit));

    private static string TypeOf(JsonElement record) => record.GetProperty("type"u8).GetString() ?? "";

    /// <summary>Returns the members of a record and of its data as one table.</summary>
    private static Dictionary<string, JsonElement> Flatten(JsonElement record)
    {
        Dictionary<string, JsonElement> fields = new(StringComparer.Ordinal);
        foreach (JsonProperty member in record.EnumerateObject())
        {
            if (member.Name is not ("evtData" or "profileData" or "tokenData"))
            {
                fields[member.Name] = member.Value;
                continue;
            }

            foreach (JsonProperty field in member.Value.EnumerateObject())
            {
                fields[field.Name] = field.Value;
            }
        }

        return fields;
    }

    private static string Shorten(JsonElement value) => Printable.Shorten(value.GetRawText(), MaxValue);
}
