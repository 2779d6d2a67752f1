namespace CleverTap.Rudder;

/// <summary>What became of one event: <see cref="TransformStatus.Mapped"/> with records, filtered with a reason, or invalid with an error.</summary>
public sealed class TransformResult
{
    private TransformResult(
        TransformStatus status,
        IReadOnlyList<CleverTapRecord>? records = null,
        IReadOnlyList<CleverTapWarning>? warnings = null,
        FilterReason? filterReason = null,
        EventError? error = null)
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
    public override string ToString() => Status switch
    {
        TransformStatus.Mapped => $"Mapped: {string.Join(", ", Records)}",
        TransformStatus.Filtered => $"Filtered: {FilterReason}",
        _ => $"Invalid: {Error!.Code} {Error.Field}".TrimEnd(),
    };

    internal static TransformResult Mapped(IReadOnlyList<CleverTapRecord> records, IReadOnlyList<CleverTapWarning> warnings) =>
        new(TransformStatus.Mapped, records, warnings);

    internal static TransformResult Filtered(FilterReason reason) => new(TransformStatus.Filtered, filterReason: reason);

    internal static TransformResult Invalid(EventError error) => new(TransformStatus.Invalid, error: error);
}
