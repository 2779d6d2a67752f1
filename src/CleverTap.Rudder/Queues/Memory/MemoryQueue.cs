using CleverTap.Rudder.Internal.Delivery;
using CleverTap.Rudder.Internal.Delivery.Engine;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Internal.Queues;

/// <summary>
/// A queue in memory. When the host ends, the handlers get each event that is not delivered with the outcome Undelivered.
/// </summary>
internal sealed class MemoryQueue : ICleverTapQueue, IUserEvents, IQueueState, IHostedService, IAsyncDisposable, IDisposable
{
    private readonly QueueDependencies<BackgroundDeliveryOptions> parts;
    private readonly MemoryEventStore store;
    private readonly QueueWorker worker;
    private readonly FlushTracker flushes;
    private readonly QueueLifetime lifetime;

    public MemoryQueue(QueueDependencies<BackgroundDeliveryOptions> parts)
    {
        this.parts = parts;
        flushes = new FlushTracker(parts.Time);
        store = new MemoryEventStore(parts.Options.Capacity, () => worker!.Wake()) { Entered = Entered };
        worker = new QueueWorker(store, parts.Context(flushes));
        lifetime = new QueueLifetime(parts, worker, flushes, isDurable: false, store.Close, NotifyRemainingAsync);
    }

    public QueueState State => new(parts.Depth, flushes.OldestAge);

    public async ValueTask<bool> EnqueueAsync(RudderEvent rudderEvent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rudderEvent);
        cancellationToken.ThrowIfCancellationRequested();
        rudderEvent = parts.WithArrivalTime(rudderEvent);
        if (await store.AppendAsync(rudderEvent, parts.Options.WhenFull == QueueFullMode.Wait, cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        if (store.IsClosed)
        {
            await parts
                .Handlers.NotifyAsync(rudderEvent, UndeliveredReason.Stopped, "The queue accepts no more events: the host is stopping")
                .ConfigureAwait(false);
        }
        else
        {
            parts.Log.Dropped();
            await parts.Handlers.NotifyAsync(rudderEvent, UndeliveredReason.QueueFull, "The queue is full").ConfigureAwait(false);
        }

        return false;
    }

    public async ValueTask<int> EnqueueAsync(IEnumerable<RudderEvent> events, CancellationToken cancellationToken = default)
    {
        int accepted = 0;
        foreach (RudderEvent rudderEvent in EventBatch.ToArray(events))
        {
            accepted += await EnqueueAsync(rudderEvent, cancellationToken).ConfigureAwait(false) ? 1 : 0;
        }

        return accepted;
    }

    public Task<bool> FlushAsync(CancellationToken cancellationToken = default) => lifetime.FlushAsync(cancellationToken);

    public Task RemoveAsync(UserSet users, CancellationToken cancellationToken) => worker.RemoveAsync(users, cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => lifetime.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => lifetime.DisposeAsync();

    public void Dispose() => lifetime.Dispose();

    private void Entered(long number)
    {
        flushes.Enqueued(number);
        parts.Queued(1);
    }

    /// <summary>Notifies the handlers of the events that were not delivered.</summary>
    private async Task<int> NotifyRemainingAsync()
    {
        List<RudderEvent> remaining = store.TakeRemaining();
        string message = DeliveryFailure.Stopped.Message;
        await parts
            .Handlers.NotifyAsync(remaining.Select(one => (one, Outcome.Undelivered(one, UndeliveredReason.Stopped, message))))
            .ConfigureAwait(false);
        parts.Queued(-remaining.Count);
        return remaining.Count;
    }
}
