namespace CleverTap.Rudder.Tool.Compare;

/// <summary>A difference with the number of events that have it, and the first of them as an example.</summary>
/// <param name="example">The difference of the first event.</param>
/// <param name="line">The line of the first event.</param>
/// <param name="option">The option that decides the difference.</param>
internal sealed class CountedDifference(Difference example, long line, string option)
{
    public DifferenceKey Key => example.Key;

    public string Before => example.Before;

    public string After => example.After;

    public long Line => line;

    public string Option => option;

    public long Count { get; set; }

    /// <summary>Gets whether the event as a whole differs, not a field of its records.</summary>
    public bool IsOfEvent => Key.Kind is DifferenceKind.OnlyDefault or DifferenceKind.OnlyRudderTransformer or DifferenceKind.Reason;
}
