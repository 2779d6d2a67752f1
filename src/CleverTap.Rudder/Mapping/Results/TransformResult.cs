namespace CleverTap.Rudder;

/// <summary>What became of one event: <see cref="TransformStatus.Mapped"/> with records, filtered with a reason, or invalid with an error.</summary>
public sealed class TransformResult
{
    private TransformResult(
        TransformStatus status,
        IReadOnlyList<CleverTapRecord>? records = null,
        IReadOnlyList<CleverTapWarning>? warnings = null,
        FilterReason? filterReason = null,
        EventError? error = null
    )
    {
        Status = status;
        Records = records ?? [];
        Warnings = warnings ?? [];
        FilterReason = filterReason;
        Error = error;
    }

    /// <summary>Which of the three it is.</summary>
    public TransformStatus Status { get; }

    /// <summary>The records, in the order in which CleverTap should get them; empty unless mapped.</summary>
    public IReadOnlyList<CleverTapRecord> Records { get; }

    /// <summary>Remarks on what CleverTap may not take as it is; empty unless mapped.</summary>
    public IReadOnlyList<CleverTapWarning> Warnings { get; }

    /// <summary>Why the event is not meant for CleverTap; null unless filtered.</summary>
    public FilterReason? FilterReason { get; }

    /// <summary>What is wrong with the event; null unless invalid.</summary>
    public EventError? Error { get; }

    /// <summary>The status and what belongs to it, without any of the event's values.</summary>
    public override string ToString() =>
        Status switch
        {
            TransformStatus.Mapped => $"Mapped: {string.Join(", ", Records)}",
            TransformStatus.Filtered => $"Filtered: {FilterReason}",
            _ => $"Invalid: {Error!.Code} {Error.Field}".TrimEnd(),
        };

    /// <summary>An event that becomes these records, such as the records of several results of the built-in mappers.</summary>
    /// <param name="records">The records, in the order in which CleverTap gets them; at least one.</param>
    /// <param name="warnings">Remarks on the records. Default none.</param>
    /// <exception cref="ArgumentNullException">The list of records is null.</exception>
    /// <exception cref="ArgumentException">There is no record, or a record or warning is null.</exception>
    public static TransformResult Mapped(IEnumerable<CleverTapRecord> records, IEnumerable<CleverTapWarning>? warnings = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        CleverTapRecord[] copy = [.. records];
        CleverTapWarning[] remarks = [.. warnings ?? []];
        if (copy.Length == 0 || copy.Contains(null))
        {
            throw new ArgumentException("A mapped event has at least one record, and none is null", nameof(records));
        }

        return remarks.Contains(null) ? throw new ArgumentException("A warning is null", nameof(warnings)) : OfOwned(copy, remarks);
    }

    /// <summary>An event that is not meant for CleverTap.</summary>
    /// <param name="reason">Why. Default <see cref="CleverTap.Rudder.FilterReason.HostRule"/>.</param>
    public static TransformResult Filtered(FilterReason reason = CleverTap.Rudder.FilterReason.HostRule) =>
        new(TransformStatus.Filtered, filterReason: reason);

    /// <summary>An event that cannot become a record.</summary>
    /// <param name="error">What is wrong with it. Its text must not hold values of the event. The transformer adds the message id.</param>
    /// <exception cref="ArgumentNullException">The error is null.</exception>
    public static TransformResult Invalid(EventError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new(TransformStatus.Invalid, error: error);
    }

    /// <summary>A mapped event; nothing is copied.</summary>
    internal static TransformResult OfOwned(IReadOnlyList<CleverTapRecord> records, IReadOnlyList<CleverTapWarning> warnings) =>
        new(TransformStatus.Mapped, records, warnings);
}
