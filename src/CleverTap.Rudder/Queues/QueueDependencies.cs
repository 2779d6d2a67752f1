using CleverTap.Rudder.Internal.Delivery;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Internal.Queues;

/// <summary>What every queue is made of, whatever it keeps its events in.</summary>
internal abstract record QueueDependencies(
    string Name,
    IDeliveryTarget Target,
    BackgroundDeliveryOptions BaseOptions,
    OutcomeHandlers Handlers,
    QueueMetrics Metrics,
    ILogger Logger,
    TimeProvider Time
)
{
    private long depth;

    /// <summary>How many events are in the queue.</summary>
    public long Depth => Interlocked.Read(ref depth);

    public QueueLog Log { get; } = new(Name, Logger);

    public QueueContext Context(FlushTracker flushes) =>
        new(Target, BaseOptions, Handlers, flushes, Time) { Settled = count => Queued(-count) };

    /// <summary>An event as the queue keeps it; see <see cref="EventIntake.WithArrivalTime"/>.</summary>
    public RudderEvent WithArrivalTime(RudderEvent rudderEvent) => Target.WithArrivalTime(rudderEvent, Time.GetUtcNow());

    /// <summary>Counts events that enter or leave the queue.</summary>
    public void Queued(int change)
    {
        if (change != 0)
        {
            Interlocked.Add(ref depth, change);
            Metrics.TryQueued(Name, change);
        }
    }
}

/// <inheritdoc/>
/// <typeparam name="TOptions">The options of the kind of queue.</typeparam>
internal sealed record QueueDependencies<TOptions>(
    string Name,
    IDeliveryTarget Target,
    TOptions Options,
    OutcomeHandlers Handlers,
    QueueMetrics Metrics,
    ILogger Logger,
    TimeProvider Time
) : QueueDependencies(Name, Target, Options, Handlers, Metrics, Logger, Time)
    where TOptions : BackgroundDeliveryOptions;
