namespace CleverTap.Rudder;

/// <summary>Holds the result of one event that was transformed from UTF-8 to UTF-8.</summary>
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

    /// <summary>Gets whether the event is mapped, filtered or invalid.</summary>
    public TransformStatus Status
    {
        get
        {
            if (Error is not null)
            {
                return TransformStatus.Invalid;
            }

            return FilterReason is null ? TransformStatus.Mapped : TransformStatus.Filtered;
        }
    }

    /// <summary>Gets the number of records written.</summary>
    public int RecordCount { get; }

    /// <summary>Gets the warnings about values that CleverTap may not accept; empty unless mapped.</summary>
    public IReadOnlyList<CleverTapWarning> Warnings => warnings ?? [];

    /// <summary>Gets the reason why the event is not sent; null unless filtered.</summary>
    public FilterReason? FilterReason { get; }

    /// <summary>Gets the error of the event; null unless invalid.</summary>
    public EventError? Error { get; }
}
