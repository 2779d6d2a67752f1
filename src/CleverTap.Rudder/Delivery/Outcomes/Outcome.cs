namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>Outcomes that CleverTap is not asked for, and what a final outcome means for a queue: pure functions.</summary>
internal static class Outcome
{
    /// <summary>The outcome of an event that is not mapped.</summary>
    public static EventOutcome FromUnmapped(int index, string? messageId, TransformResult result) =>
        new()
        {
            Index = index,
            MessageId = messageId,
            Kind = result.Status == TransformStatus.Filtered ? OutcomeKind.Filtered : OutcomeKind.Invalid,
            Message = result.Error?.Message ?? result.FilterReason?.ToString(),
            FilterReason = result.FilterReason,
            Error = result.Error,
        };

    /// <summary>The outcome of an event that cannot be kept.</summary>
    public static EventOutcome Invalid(EventError error) => FromUnmapped(0, error.MessageId, TransformResult.Invalid(error));

    /// <summary>The outcome of what is no event: a call that these options filter, or an error.</summary>
    public static EventOutcome FromUnreadable(EventError error, MappingOptions options)
    {
        TransformResult result = options.FilterReasonFor(error) is { } reason
            ? TransformResult.Filtered(reason)
            : TransformResult.Invalid(error);
        return FromUnmapped(0, error.MessageId, result);
    }

    /// <summary>The outcome of an event that a queue does not get to CleverTap.</summary>
    public static EventOutcome Undelivered(RudderEvent rudderEvent, UndeliveredReason reason, string message) =>
        new()
        {
            Index = 0,
            MessageId = rudderEvent.MessageId,
            Kind = OutcomeKind.Undelivered,
            UndeliveredReason = reason,
            Message = message,
        };

    /// <summary>Whether a final outcome makes the event a dead letter: it was meant for CleverTap, and CleverTap does not get it.</summary>
    public static bool IsDeadLetter(EventOutcome outcome) => outcome.Kind is not (OutcomeKind.Delivered or OutcomeKind.Filtered);
}
