namespace CleverTap.Rudder.Tool.Deliver;

/// <summary>What a run did.</summary>
/// <param name="Outcomes">The number of outcomes of each kind.</param>
/// <param name="Elapsed">The time of the run.</param>
/// <param name="LastLine">The last line that was delivered or is on disk, if the run was stopped; else null.</param>
/// <param name="Outbox">The outbox that may hold events; null if there are none.</param>
/// <param name="Fault">Why the input was not read to its end; null if it was.</param>
internal sealed record DeliverySummary(OutcomeTally Outcomes, TimeSpan Elapsed, long? LastLine, string? Outbox, string? Fault)
{
    public bool IsUnfinished => LastLine is not null || Outbox is not null || Fault is not null || Outcomes[OutcomeKind.Undelivered] > 0;
}
