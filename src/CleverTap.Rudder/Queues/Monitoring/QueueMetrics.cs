using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CleverTap.Rudder.Internal.Delivery;

namespace CleverTap.Rudder.Internal.Queues;

/// <summary>The instruments of all queues. No tag contains a value of an event.</summary>
internal sealed class QueueMetrics
{
    private readonly UpDownCounter<int> queueDepth;
    private readonly Counter<long> handlerFailures;

    public QueueMetrics(CleverTapMetrics metrics)
    {
        Meter meter = metrics.Meter;
        queueDepth = meter.CreateUpDownCounter<int>("clevertap.queue.depth", "{event}", "Events that wait in the background queue");
        handlerFailures = meter.CreateCounter<long>("clevertap.handler.failures", "{call}", "Calls of outcome handlers that failed");
        meter.CreateObservableGauge(
            "clevertap.queue.oldest_age",
            () => Observe<double>(state => state.OldestAge.TotalSeconds),
            "s",
            "Age of the oldest event in the background queue"
        );
        meter.CreateObservableGauge(
            "clevertap.queue.dead_letters",
            () => Observe(state => state.DeadLetters),
            "{event}",
            "Dead letters of the outbox, or messages in the dead-letter topic"
        );
        meter.CreateObservableGauge(
            "clevertap.consumer.lag",
            () => Observe(state => state.ConsumerLag),
            "{event}",
            "Messages of this worker's partitions that are not committed"
        );
    }

    /// <summary>The queues by the names of their destinations.</summary>
    public ConcurrentDictionary<string, IQueueState> Queues { get; } = new(StringComparer.Ordinal);

    public void HandlerFailed(string destination, Type exception, bool isGivenUp) =>
        handlerFailures.Add(1, CleverTapMetrics.Destination(destination), new("exception", exception.FullName), new("given_up", isGivenUp));

    /// <summary>
    /// Counts events that are added to a queue or removed from it. An exception of the host's listener does not stop the queue.
    /// </summary>
    public void TryQueued(string destination, int change)
    {
        try
        {
            queueDepth.Add(change, CleverTapMetrics.Destination(destination));
        }
        catch (Exception)
        {
            // The listener has failed: there is nowhere else to report it.
        }
    }

    /// <summary>Creates one measurement for each queue that knows the value.</summary>
    private List<Measurement<T>> Observe<T>(Func<QueueState, T?> value)
        where T : struct
    {
        List<Measurement<T>> measurements = [];
        foreach ((string destination, IQueueState queue) in Queues)
        {
            if (TryRead(queue) is { } state && value(state) is { } known)
            {
                measurements.Add(new Measurement<T>(known, CleverTapMetrics.Destination(destination)));
            }
        }

        return measurements;
    }

    /// <summary>Reads the state of a queue; null if that fails, because the gauge must work for the other queues.</summary>
    private static QueueState? TryRead(IQueueState queue)
    {
        try
        {
            return queue.State;
        }
        catch (Exception)
        {
            return null;
        }
    }
}
