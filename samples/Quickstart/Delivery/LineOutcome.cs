using CleverTap.Rudder;

namespace Quickstart;

/// <summary>
/// What became of one line. The event is null where the line does not hold one, the number where the event came out of an outbox.
/// </summary>
internal sealed record LineOutcome(long? Number, RudderEvent? Event, EventOutcome Outcome)
{
    /// <summary>A line that cannot be sent at all: a call without a counterpart, which these options filter, or an error.</summary>
    public static LineOutcome Unsent(in InputLine line, RudderEvent? opened, EventError error, MappingOptions mapping)
    {
        FilterReason? reason = mapping.FilterReasonFor(error);
        return new LineOutcome(
            line.Number,
            opened,
            new EventOutcome
            {
                Index = 0,
                MessageId = error.MessageId,
                Kind = reason is null ? OutcomeKind.Invalid : OutcomeKind.Filtered,
                Message = reason?.ToString() ?? error.Message,
                FilterReason = reason,
                Error = reason is null ? error : null,
            }
        );
    }
}
