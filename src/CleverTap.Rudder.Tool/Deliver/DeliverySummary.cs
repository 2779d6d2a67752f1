namespace CleverTap.Rudder.Tool.Deliver;

/// <summary>What a run did.</summary>
/// <param name="Outcomes">The number of outcomes of each kind.</param>
/// <param name="Elapsed">The time of the run.</param>
/// <param name="LastLine">The last line of the input that was read, if the run was stopped before its end; else null.</param>
/// <param name="OutboxWithRest">The outbox, if events are left in it; else null.</param>
internal sealed record DeliverySummary(OutcomeTally Outcomes, TimeSpan Elapsed, long? LastLine, string? OutboxWithRest)
{
    public bool IsUnfinished => LastLine is not null || OutboxWithRest is not null || Outcomes[OutcomeKind.Undelivered] > 0;
}
