using CleverTap.Rudder;
using Playground.Events;

namespace Playground.Transform;

/// <summary>
/// Where each field of a record comes from, found by trying: each value of the event is changed or else taken away, the event
/// transformed again, and the fields that came out differently come from that value. So it holds for any options, and no rule
/// of the mapping is repeated here.
/// </summary>
internal sealed class Provenance
{
    /// <summary>The most values of an event that are tried.</summary>
    public const int MaxValues = 200;

    /// <summary>The most bytes of JSON that trying them may take, so that a large event does not keep a person waiting.</summary>
    private const int MaxBytes = 4 * 1024 * 1024;

    private readonly Dictionary<(string Record, string Field), List<int>> sources = [];
    private readonly Dictionary<string, List<int>> conditions = [];

    private Provenance() { }

    /// <summary>How many values of an event of that size are tried, the first ones of it.</summary>
    public static int CountValuesToProbe(int bytes) => Math.Clamp(MaxBytes / Math.Max(bytes, 1), 1, MaxValues);

    public static Provenance Find(EventLines lines, int valuesToTry, CleverTapTransformer transformer, IReadOnlyList<RecordFields> records)
    {
        var found = new Provenance();
        if (records.Count == 0)
        {
            return found;
        }

        int tried = 0;
        for (int line = 0; line < lines.All.Count && tried < valuesToTry; line++)
        {
            if (lines.All[line].Kind != EventLineKind.Leaf)
            {
                continue;
            }

            found.Try(line, lines, transformer, records);
            tried++;
        }

        return found;
    }

    /// <summary>The lines of the event that a field's value comes from; none for what the mapping itself puts there.</summary>
    public IReadOnlyList<int> GetSources(string record, string field) => sources.GetValueOrDefault((record, field), []);

    /// <summary>The lines that are in no field's value but without which there would be no such record.</summary>
    public IReadOnlyList<int> GetConditions(string record) => conditions.GetValueOrDefault(record, []);

    private void Try(int line, EventLines lines, CleverTapTransformer transformer, IReadOnlyList<RecordFields> records)
    {
        HashSet<string> gone = [];
        foreach (string? other in ReplacementValues.GetFor(lines.All[line].Value))
        {
            Dictionary<string, RecordFields> changed = RecordFields
                .FromResult(transformer.Transform(lines.ToJson(line, other)))
                .ToDictionary(record => record.Key);
            bool isSource = false;
            foreach (RecordFields record in records)
            {
                if (!changed.TryGetValue(record.Key, out RecordFields? now))
                {
                    gone.Add(record.Key);
                }
                else
                {
                    isSource |= Compare(line, record, now);
                }
            }

            if (isSource)
            {
                return;
            }
        }

        foreach (string record in gone)
        {
            ListOf(conditions, record).Add(line);
        }
    }

    private bool Compare(int line, RecordFields before, RecordFields after)
    {
        bool differs = false;
        foreach ((string field, string value) in before.Fields)
        {
            if (after.Fields.TryGetValue(field, out string? now) && now == value)
            {
                continue;
            }

            ListOf(sources, (before.Key, field)).Add(line);
            differs = true;
        }

        return differs;
    }

    private static List<int> ListOf<TKey>(Dictionary<TKey, List<int>> lists, TKey key)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out List<int>? list))
        {
            lists.Add(key, list = []);
        }

        return list;
    }
}
