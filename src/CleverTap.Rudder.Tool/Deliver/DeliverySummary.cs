namespace CleverTap.Rudder.Tool.Deliver;

/// <summary>What a run did.</summary>
/// <param name="Outcomes">The number of outcomes of each kind.</param>
/// <param name="Elapsed">The time of the run.</param>
/// <param name="Delivery">How the delivery ended.</param>
internal sealed record DeliverySummary(OutcomeTally Outcomes, TimeSpan Elapsed, Delivery Delivery)
{
    public bool IsUnfinished => Delivery is not { LastLine: null, Outbox: null, Fault: null } || Outcomes[OutcomeKind.Undelivered] > 0;
}
