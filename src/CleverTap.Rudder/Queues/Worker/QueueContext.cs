using CleverTap.Rudder.Internal.Delivery;

namespace CleverTap.Rudder.Internal.Queues;

/// <summary>What the workers of a queue share.</summary>
internal sealed record QueueContext(
    IDeliveryTarget Target,
    BackgroundDeliveryOptions Options,
    OutcomeHandlers Handlers,
    FlushTracker Flushes,
    TimeProvider Time
)
{
    /// <summary>How many events a worker reads ahead of the oldest that is not settled.</summary>
    public int Window { get; init; } = Target.WindowFor(Options.FlushSize);

    /// <summary>Whether events that were seen before are filtered when they are read; a queue may have filtered them already.</summary>
    public bool FiltersDuplicates { get; init; } = true;

    /// <summary>Called with the number of events that have left the queue.</summary>
    public Action<int> Settled { get; init; } = _ => { };
}
