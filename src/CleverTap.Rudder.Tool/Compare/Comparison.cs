using CleverTap.Rudder.Tool.Input;

namespace CleverTap.Rudder.Tool.Compare;

/// <summary>Compares the presets event by event, and counts the differences. Its size does not grow with the input.</summary>
internal sealed class Comparison(MappingOptions before, MappingOptions after)
{
    private const int MaxDifferences = 5_000;

    private readonly PresetResult first = new(before);
    private readonly PresetResult second = new(after);
    private readonly DecidingOption deciding = new(before, after);
    private readonly Dictionary<DifferenceKey, CountedDifference> counts = [];

    /// <summary>Gets the number of events.</summary>
    public long Events { get; private set; }

    /// <summary>Gets the number of events without a difference.</summary>
    public long Same { get; private set; }

    /// <summary>Gets the number of events that neither preset can read, with the same error.</summary>
    public long Unreadable { get; private set; }

    /// <summary>Gets the number of differences beyond those that are kept.</summary>
    public long Others { get; private set; }

    /// <summary>Gets the differences, the most frequent first.</summary>
    public IReadOnlyList<CountedDifference> Differences =>
        [
            .. counts
                .Values.OrderByDescending(difference => difference.Count)
                .ThenBy(difference => difference.Key.Record, StringComparer.Ordinal)
                .ThenBy(difference => difference.Key.Field, StringComparer.Ordinal),
        ];

    /// <summary>Compares an event, and returns its differences with the option that decides each.</summary>
    public IReadOnlyList<(Difference Difference, string Option)> Add(in InputLine line)
    {
        Events++;
        if (line.Error is not null)
        {
            Unreadable++;
            return [];
        }

        first.Transform(line);
        second.Transform(line);
        List<Difference> differences = RecordComparer.Compare(first, second);
        if (differences.Count == 0)
        {
            Same++;
            return [];
        }

        List<(Difference, string)> counted = new(differences.Count);
        foreach (Difference difference in differences)
        {
            counted.Add((difference, Count(line, difference)));
        }

        return counted;
    }

    /// <summary>Counts a difference, and returns the option that decides it, which is looked for once.</summary>
    private string Count(in InputLine line, Difference difference)
    {
        if (!counts.TryGetValue(difference.Key, out CountedDifference? counted))
        {
            if (counts.Count == MaxDifferences)
            {
                Others++;
                return "";
            }

            counted = new CountedDifference(difference, line.Line, deciding.Find(line, difference.Key));
            counts.Add(difference.Key, counted);
        }

        counted.Count++;
        return counted.Option;
    }
}
