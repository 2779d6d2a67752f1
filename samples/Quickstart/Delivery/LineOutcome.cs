using CleverTap.Rudder;

namespace Quickstart;

/// <summary>What became of one line. The event is null where the line does not hold one, the number where the event came out of an outbox.</summary>
internal sealed record LineOutcome(long? Number, RudderEvent? Event, EventOutcome Outcome)
{
    /// <summary>A line that cannot be sent at all.</summary>
    public static LineOutcome Invalid(in InputLine line, RudderEvent? opened, EventError error) => new(line.Number, opened, new EventOutcome
    {
        Index = 0,
        MessageId = error.MessageId,
        Kind = OutcomeKind.Invalid,
        Message = error.Message,
        Error = error,
    });
}
