namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>Creates outcomes of events that are not sent, and classifies final outcomes. The functions are pure.</summary>
internal static class Outcome
{
    /// <summary>Creates the outcome of an event that is not mapped.</summary>
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

    /// <summary>Creates the outcome of an event that a queue cannot store.</summary>
    public static EventOutcome Invalid(EventError error) => FromUnmapped(0, error.MessageId, TransformResult.Invalid(error));

    /// <summary>
    /// Creates the outcome of JSON that is not an event: filtered if the options filter this kind of call, otherwise invalid.
    /// </summary>
    public static EventOutcome FromUnreadable(EventError error, MappingOptions options)
    {
        TransformResult result = options.FilterReasonFor(error) is { } reason
            ? TransformResult.Filtered(reason)
            : TransformResult.Invalid(error);
        return FromUnmapped(0, error.MessageId, result);
    }

    /// <summary>Creates the outcome of an event that a queue does not deliver.</summary>
    public static EventOutcome Undelivered(RudderEvent rudderEvent, UndeliveredReason reason, string message) =>
        new()
        {
            Index = 0,
            MessageId = rudderEvent.MessageId,
            Kind = OutcomeKind.Undelivered,
            UndeliveredReason = reason,
            Message = message,
        };

    /// <summary>Whether an event with this outcome is a dead letter: it is intended for CleverTap and will not be delivered.</summary>
    public static bool IsDeadLetter(EventOutcome outcome) => outcome.Kind is not (OutcomeKind.Delivered or OutcomeKind.Filtered);
}
