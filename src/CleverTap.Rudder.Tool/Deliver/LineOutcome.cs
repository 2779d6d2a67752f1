using CleverTap.Rudder.Tool.Input;

namespace CleverTap.Rudder.Tool.Deliver;

/// <summary>The outcome of one event of the input.</summary>
/// <param name="Index">The index in the input; null if the event came out of an outbox.</param>
/// <param name="Line">The line of the input; null if the event came out of an outbox.</param>
/// <param name="Event">The event; null if there is none on the line.</param>
/// <param name="Outcome">The outcome. Its index does not count.</param>
internal sealed record LineOutcome(long? Index, long? Line, RudderEvent? Event, EventOutcome Outcome)
{
    /// <summary>Returns the outcome without the credentials that a server may have echoed.</summary>
    public LineOutcome Redact(Func<string, string> redact) =>
        Outcome.Kind is OutcomeKind.Rejected or OutcomeKind.Undelivered && Outcome.Message is { } message
            ? this with
            {
                Outcome = Outcome with { Message = redact(message) },
            }
            : this;

    /// <summary>Creates the outcome of a line that cannot be sent: a filtered call, or an error.</summary>
    public static LineOutcome CreateUnsent(in InputLine line, RudderEvent? rudderEvent, EventError error, MappingOptions mapping)
    {
        FilterReason? reason = mapping.FilterReasonFor(error);
        var outcome = new EventOutcome
        {
            Index = 0,
            MessageId = error.MessageId,
            Kind = reason is null ? OutcomeKind.Invalid : OutcomeKind.Filtered,
            Message = reason?.ToString() ?? error.Message,
            FilterReason = reason,
            Error = reason is null ? error : null,
        };
        return new LineOutcome(line.Index, line.Line, rudderEvent, outcome);
    }
}
