using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder;

/// <summary>What the work on each of a worker's partitions shares.</summary>
internal sealed record Worker(
    string Name, KafkaConsumerOptions Options, FinalDelivery Delivery, DeadLetterTopic DeadLetters, CleverTapMetrics Metrics, ClientErrors Errors, ILogger Logger, TimeProvider Time)
{
    public Shares Shares { get; } = new(Options, Delivery.MostAtOnce);

    public FlushRequests Flushes { get; } = new();

    /// <summary>The host's patience is at its end: batches under way are left.</summary>
    public required CancellationToken OutOfTime { get; init; }

    public void Queued(int change)
    {
        if (change != 0) Metrics.Queued(Name, change);
    }

    /// <summary>Counts and logs messages that are no events, as a destination does with events.</summary>
    public void Report(IReadOnlyList<EventOutcome> outcomes)
    {
        foreach (EventOutcome outcome in outcomes)
        {
            Metrics.Event(Name, outcome);
        }

        IEnumerable<EventOutcome> invalid = outcomes.Where(outcome => outcome.Error is not null);
        foreach (IGrouping<EventErrorCode, EventOutcome> code in invalid.GroupBy(outcome => outcome.Error!.Code))
        {
            Logger.Invalid(Name, code.Count(), code.Key);
        }
    }
}
