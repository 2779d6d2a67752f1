using System.Globalization;
using CleverTap.Rudder;

namespace Quickstart;

/// <summary>The warnings of a run, the same ones of many lines together. Its size does not grow with the input.</summary>
internal sealed class WarningTally
{
    private const int MaxKinds = 50;
    private const int MaxNumbers = 4;

    private readonly Dictionary<(WarningCode Code, string Field, string Message), Entry> entries = [];

    /// <summary>How many warnings are of further kinds, beyond what is kept.</summary>
    public long Others { get; private set; }

    public bool IsEmpty => entries.Count == 0;

    public void Add(long? number, CleverTapWarning warning)
    {
        var key = (warning.Code, warning.Field, warning.Message);
        if (!entries.TryGetValue(key, out Entry? entry))
        {
            if (entries.Count == MaxKinds)
            {
                Others++;
                return;
            }

            entries.Add(key, entry = new Entry());
        }

        if (number is { } known && entry.Numbers.Count < MaxNumbers)
        {
            entry.Numbers.Add(known);
        }

        entry.Count++;
    }

    public IReadOnlyList<Cell[]> Rows() =>
        [
            .. entries.Select(entry =>
                new Cell[]
                {
                    entry.Value.ToString(),
                    new(entry.Key.Code.ToString(), Tone.Doubtful),
                    new(Printable.Of(entry.Key.Field, 40), Tone.Strong),
                    Printable.Of(entry.Key.Message, 300),
                }
            ),
        ];

    private sealed class Entry
    {
        public List<long> Numbers { get; } = [];

        public long Count { get; set; }

        public override string ToString()
        {
            string numbers = string.Join(", ", Numbers);
            return Numbers.Count == 0 ? string.Create(CultureInfo.InvariantCulture, $"{Count:N0}×")
                : Count == Numbers.Count ? numbers
                : string.Create(CultureInfo.InvariantCulture, $"{numbers} +{Count - Numbers.Count:N0}");
        }
    }
}
