using CleverTap.Rudder.Internal.Web;

namespace CleverTap.Rudder;

/// <summary>Holds the result of one event for a page: mapped with calls, filtered with a reason, or invalid with an error.</summary>
/// <remarks>A result is immutable.</remarks>
public sealed class WebTransformResult
{
    private WebTransformResult(TransformResult records, IReadOnlyList<WebCall> calls)
    {
        Status = records.Status;
        Calls = calls;

        // A page sends no time of the event, so that warnings about it are irrelevant.
        Warnings =
        [
            .. records.Warnings.Where(warning => warning.Code is not (WarningCode.TimestampUnreadable or WarningCode.TimestampInFuture)),
        ];
        FilterReason = records.FilterReason;
        Error = records.Error;
    }

    /// <summary>Gets whether the event is mapped, filtered or invalid.</summary>
    public TransformStatus Status { get; }

    /// <summary>Gets the calls, in the order in which they must be made; empty unless mapped.</summary>
    public IReadOnlyList<WebCall> Calls { get; }

    /// <summary>Gets the warnings about values that CleverTap may not accept; empty unless mapped.</summary>
    public IReadOnlyList<CleverTapWarning> Warnings { get; }

    /// <summary>Gets the reason why the event is not sent; null unless filtered.</summary>
    public FilterReason? FilterReason { get; }

    /// <summary>Gets the error of the event; null unless invalid.</summary>
    public EventError? Error { get; }

    /// <summary>Returns the status with its calls, reason or error, without any value of the event.</summary>
    public override string ToString() =>
        Status switch
        {
            TransformStatus.Mapped => $"Mapped: {string.Join(", ", Calls)}",
            TransformStatus.Filtered => $"Filtered: {FilterReason}",
            _ => $"Invalid: {Error!.Code} {Error.Field}".TrimEnd(),
        };

    internal static WebTransformResult FromRecords(TransformResult records, bool isSignedIn) =>
        new(records, WebCalls.Create(records.Records, isSignedIn));
}
