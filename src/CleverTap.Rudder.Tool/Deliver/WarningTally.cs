using System.Globalization;
using CleverTap.Rudder.Tool.Output;

namespace CleverTap.Rudder.Tool.Deliver;

/// <summary>Counts the warnings of a run by code, field and message. Its size does not grow with the input.</summary>
internal sealed class WarningTally
{
    private const int MaxKinds = 50;
    private const int MaxLines = 4;

    private readonly Dictionary<(WarningCode Code, string Field, string Message), Entry> entries = [];

    /// <summary>Gets the number of warnings beyond the kinds that are kept.</summary>
    public long Others { get; private set; }

    public bool IsEmpty => entries.Count == 0;

    public void Add(long? line, CleverTapWarning warning)
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

        if (line is { } known && entry.Lines.Count < MaxLines)
        {
            entry.Lines.Add(known);
        }

        entry.Count++;
    }

    public IEnumerable<Cell[]> Rows() =>
        entries.Select(entry =>
            new Cell[]
            {
                entry.Value.ToString(),
                new(entry.Key.Code.ToString(), Styles.Doubtful),
                new(Printable.Shorten(entry.Key.Field, 40), Styles.Strong),
                Printable.Shorten(entry.Key.Message, 300),
            }
        );

    private sealed class Entry
    {
        public List<long> Lines { get; } = [];

        public long Count { get; set; }

        /// <summary>Returns the first lines and the number of others.</summary>
        public override string ToString()
        {
            string lines = string.Join(", ", Lines);
            string others = string.Create(CultureInfo.InvariantCulture, $"+{Count - Lines.Count:N0}");
            return Count == Lines.Count ? lines : $"{lines} {others}".TrimStart();
        }
    }
}
