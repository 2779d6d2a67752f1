using CleverTap.Rudder.Internal.Web;

namespace CleverTap.Rudder;

/// <summary>What became of one event for a page: <see cref="TransformStatus.Mapped"/> with calls, filtered with a reason, or invalid with an error.</summary>
public sealed class WebTransformResult
{
    private WebTransformResult(TransformResult records, IReadOnlyList<WebCall> calls)
    {
        Status = records.Status;
        Calls = calls;

        // A page sends no time of its own, so none is missed.
        Warnings =
        [
            .. records.Warnings.Where(warning => warning.Code is not (WarningCode.TimestampUnreadable or WarningCode.TimestampInFuture)),
        ];
        FilterReason = records.FilterReason;
        Error = records.Error;
    }

    /// <summary>Which of the three it is.</summary>
    public TransformStatus Status { get; }

    /// <summary>
    /// The calls, in the order in which the SDK should get them; empty unless mapped.
    /// </summary>
    public IReadOnlyList<WebCall> Calls { get; }

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
            TransformStatus.Mapped => $"Mapped: {string.Join(", ", Calls)}",
            TransformStatus.Filtered => $"Filtered: {FilterReason}",
            _ => $"Invalid: {Error!.Code} {Error.Field}".TrimEnd(),
        };

    internal static WebTransformResult Of(TransformResult records, bool isSignedIn) =>
        new(records, WebCalls.Of(records.Records, isSignedIn));
}
