namespace CleverTap.Rudder;

/// <summary>What became of one event that was transformed from UTF-8 to UTF-8.</summary>
public readonly struct Utf8TransformResult
{
    private readonly IReadOnlyList<CleverTapWarning>? warnings;

    internal Utf8TransformResult(int recordCount, IReadOnlyList<CleverTapWarning> warnings, FilterReason? filterReason, EventError? error)
    {
        RecordCount = recordCount;
        this.warnings = warnings;
        FilterReason = filterReason;
        Error = error;
    }

    /// <summary>Which of the three it is.</summary>
    public TransformStatus Status =>
        Error is not null ? TransformStatus.Invalid
        : FilterReason is not null ? TransformStatus.Filtered
        : TransformStatus.Mapped;

    /// <summary>How many records were written.</summary>
    public int RecordCount { get; }

    /// <summary>Remarks on what CleverTap may not take as it is.</summary>
    public IReadOnlyList<CleverTapWarning> Warnings => warnings ?? [];

    /// <summary>Why the event is not meant for CleverTap; null unless filtered.</summary>
    public FilterReason? FilterReason { get; }

    /// <summary>What is wrong with the event; null unless invalid.</summary>
    public EventError? Error { get; }
}
