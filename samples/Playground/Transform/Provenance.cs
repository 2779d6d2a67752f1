using CleverTap.Rudder;
using Playground.Events;

namespace Playground.Transform;

/// <summary>Finds which values of an event each field of a record comes from.</summary>
/// <remarks>
/// It changes or removes one value of the event at a time, transforms the event again, and compares the fields. It therefore works for
/// all options and repeats no rule of the mapping.
/// </remarks>
internal sealed class Provenance
{
    /// <summary>The maximum number of values of an event that are probed.</summary>
    public const int MaxValues = 200;

    /// <summary>The maximum bytes of JSON to transform, so that the user does not wait long for a large event.</summary>
    private const int MaxBytes = 4 * 1024 * 1024;

    private readonly Dictionary<(string Record, string Field), List<int>> sources = [];
    private readonly Dictionary<string, List<int>> conditions = [];

    private Provenance() { }

    /// <summary>Gets how many values of an event of the given size are probed, starting with the first.</summary>
    public static int CountValuesToProbe(int bytes) => Math.Clamp(MaxBytes / Math.Max(bytes, 1), 1, MaxValues);

    public static Provenance Find(EventLines lines, int maxValues, CleverTapTransformer transformer, IReadOnlyList<RecordFields> records)
    {
        var found = new Provenance();
        if (records.Count == 0)
        {
            return found;
        }

        int probed = 0;
        for (int line = 0; line < lines.All.Count && probed < maxValues; line++)
        {
            if (lines.All[line].Kind != EventLineKind.Leaf)
            {
                continue;
            }

            found.Probe(line, lines, transformer, records);
            probed++;
        }

        return found;
    }

    /// <summary>Gets the lines of the event that a field comes from; none for a field that the mapping sets.</summary>
    public IReadOnlyList<int> GetSources(string record, string field) => sources.GetValueOrDefault((record, field), []);

    /// <summary>Gets the lines that affect no field, but whose change removes the record.</summary>
    public IReadOnlyList<int> GetConditions(string record) => conditions.GetValueOrDefault(record, []);

    private void Probe(int line, EventLines lines, CleverTapTransformer transformer, IReadOnlyList<RecordFields> records)
    {
        HashSet<string> missing = [];
        foreach (string? replacement in ReplacementValues.GetFor(lines.All[line].Value))
        {
            Dictionary<string, RecordFields> changed = RecordFields
                .FromResult(transformer.Transform(lines.ToJson(line, replacement)))
                .ToDictionary(record => record.Key);
            bool isSource = false;
            foreach (RecordFields record in records)
            {
                if (!changed.TryGetValue(record.Key, out RecordFields? after))
                {
                    missing.Add(record.Key);
                }
                else
                {
                    isSource |= Compare(line, record, after);
                }
            }

            if (isSource)
            {
                return;
            }
        }

        foreach (string record in missing)
        {
            GetOrAddList(conditions, record).Add(line);
        }
    }

    private bool Compare(int line, RecordFields before, RecordFields after)
    {
        bool differs = false;
        foreach ((string field, string value) in before.Fields)
        {
            if (after.Fields.TryGetValue(field, out string? changed) && changed == value)
            {
                continue;
            }

            GetOrAddList(sources, (before.Key, field)).Add(line);
            differs = true;
        }

        return differs;
    }

    private static List<int> GetOrAddList<TKey>(Dictionary<TKey, List<int>> lists, TKey key)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out List<int>? list))
        {
            lists.Add(key, list = []);
        }

        return list;
    }
}
