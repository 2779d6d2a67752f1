namespace CleverTap.Rudder.Tool.Deliver;

/// <summary>Counts outcomes by kind.</summary>
internal sealed class OutcomeTally
{
    private readonly long[] counts = new long[Enum.GetValues<OutcomeKind>().Length];

    public long Total { get; private set; }

    public long this[OutcomeKind kind] => counts[(int)kind];

    public void Add(OutcomeKind kind)
    {
        counts[(int)kind]++;
        Total++;
    }
}
