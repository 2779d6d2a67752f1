using CleverTap.Rudder.Internal.Delivery;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Internal.Queues;

/// <summary>The services and options that every kind of queue needs.</summary>
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

    /// <summary>The number of events in the queue.</summary>
    public long Depth => Interlocked.Read(ref depth);

    public QueueLog Log { get; } = new(Name, Logger);

    public QueueContext Context(FlushTracker flushes) =>
        new(Target, BaseOptions, Handlers, flushes, Time) { Settled = count => ChangeDepth(-count) };

    /// <summary>Returns the event as the queue keeps it; see <see cref="EventIntake.WithArrivalTime"/>.</summary>
    public RudderEvent WithArrivalTime(RudderEvent rudderEvent) => Target.WithArrivalTime(rudderEvent, Time.GetUtcNow());

    /// <inheritdoc cref="ReportAsync(RudderEvent, EventOutcome)"/>
    public Task ReportAsync(RudderEvent rudderEvent, UndeliveredReason reason, string message) =>
        ReportAsync(rudderEvent, Outcome.Undelivered(rudderEvent, reason, message));

    /// <summary>Counts and logs the outcome of an event that the queue does not accept, and notifies the handlers.</summary>
    public Task ReportAsync(RudderEvent rudderEvent, EventOutcome outcome)
    {
        Target.Report([outcome]);
        return Handlers.NotifyAsync(rudderEvent, outcome);
    }

    /// <summary>Counts events that are added to the queue or removed from it.</summary>
    public void ChangeDepth(int change)
    {
        if (change != 0)
        {
            Interlocked.Add(ref depth, change);
            Metrics.TryQueued(Name, change);
        }
    }
}

/// <inheritdoc/>
/// <typeparam name="TOptions">The options type of the queue.</typeparam>
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
