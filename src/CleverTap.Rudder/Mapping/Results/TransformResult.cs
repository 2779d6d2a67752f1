namespace CleverTap.Rudder;

/// <summary>Holds the result of one event: mapped with records, filtered with a reason, or invalid with an error.</summary>
/// <remarks>A result is immutable.</remarks>
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

    /// <summary>Gets whether the event is mapped, filtered or invalid.</summary>
    public TransformStatus Status { get; }

    /// <summary>Gets the records, in the order in which they must be sent; empty unless mapped.</summary>
    public IReadOnlyList<CleverTapRecord> Records { get; }

    /// <summary>Gets the warnings about values that CleverTap may not accept; empty unless mapped.</summary>
    public IReadOnlyList<CleverTapWarning> Warnings { get; }

    /// <summary>Gets the reason why the event is not sent; null unless filtered.</summary>
    public FilterReason? FilterReason { get; }

    /// <summary>Gets the error of the event; null unless invalid.</summary>
    public EventError? Error { get; }

    /// <summary>Returns the status with its records, reason or error, without any value of the event.</summary>
    public override string ToString() =>
        Status switch
        {
            TransformStatus.Mapped => $"Mapped: {string.Join(", ", Records)}",
            TransformStatus.Filtered => $"Filtered: {FilterReason}",
            _ => $"Invalid: {Error!.Code} {Error.Field}".TrimEnd(),
        };

    /// <summary>Creates the result of a mapped event, for example from the records of several results of the built-in mappers.</summary>
    /// <param name="records">The records, in the order in which they are sent; at least one.</param>
    /// <param name="warnings">Warnings about the records. Default none.</param>
    /// <exception cref="ArgumentNullException">The list of records is null.</exception>
    /// <exception cref="ArgumentException">The list of records is empty, or a record or warning is null.</exception>
    public static TransformResult Mapped(IEnumerable<CleverTapRecord> records, IEnumerable<CleverTapWarning>? warnings = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        CleverTapRecord[] recordsCopy = [.. records];
        CleverTapWarning[] warningsCopy = [.. warnings ?? []];
        if (recordsCopy.Length == 0 || recordsCopy.Contains(null))
        {
            throw new ArgumentException("A mapped event has at least one record, and none is null", nameof(records));
        }

        return warningsCopy.Contains(null)
            ? throw new ArgumentException("A warning is null", nameof(warnings))
            : FromOwned(recordsCopy, warningsCopy);
    }

    /// <summary>Creates the result of an event that is not sent to CleverTap.</summary>
    /// <param name="reason">The reason. Default <see cref="CleverTap.Rudder.FilterReason.HostRule"/>.</param>
    public static TransformResult Filtered(FilterReason reason = CleverTap.Rudder.FilterReason.HostRule) =>
        new(TransformStatus.Filtered, filterReason: reason);

    /// <summary>Creates the result of an event that cannot become a record.</summary>
    /// <param name="error">The error. Its text must not contain values of the event. The transformer adds the message id.</param>
    /// <exception cref="ArgumentNullException">The error is null.</exception>
    public static TransformResult Invalid(EventError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new(TransformStatus.Invalid, error: error);
    }

    /// <summary>Creates the result of a mapped event without a copy of the lists.</summary>
    internal static TransformResult FromOwned(IReadOnlyList<CleverTapRecord> records, IReadOnlyList<CleverTapWarning> warnings) =>
        new(TransformStatus.Mapped, records, warnings);
}
