using CleverTap.Rudder.Internal.Delivery;

namespace CleverTap.Rudder.Internal.Queues;

/// <summary>The services and settings that the workers of a queue share.</summary>
internal sealed record QueueContext(
    IDeliveryTarget Target,
    BackgroundDeliveryOptions Options,
    OutcomeHandlers Handlers,
    FlushTracker Flushes,
    TimeProvider Time
)
{
    /// <summary>The maximum number of events that a worker has read and not settled.</summary>
    public int Window { get; init; } = Target.WindowFor(Options.FlushSize);

    /// <summary>Whether duplicates are filtered when they are read; an outbox filters them when they are enqueued.</summary>
    public bool FiltersDuplicates { get; init; } = true;

    /// <summary>Called with the number of events that were settled.</summary>
    public Action<int> Settled { get; init; } = _ => { };
}
