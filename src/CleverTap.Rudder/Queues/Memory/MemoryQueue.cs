using CleverTap.Rudder.Internal.Delivery;
using CleverTap.Rudder.Internal.Delivery.Engine;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Internal.Queues;

/// <summary>
/// A queue in memory. When the host ends, the handlers get each event that is not delivered with the outcome Undelivered.
/// </summary>
internal sealed class MemoryQueue : ICleverTapQueue, IUserEvents, IQueueState, IHostedService, IAsyncDisposable, IDisposable
{
    private readonly QueueDependencies<BackgroundDeliveryOptions> dependencies;
    private readonly MemoryEventStore store;
    private readonly QueueWorker worker;
    private readonly FlushTracker flushes;
    private readonly QueueLifetime lifetime;

    public MemoryQueue(QueueDependencies<BackgroundDeliveryOptions> dependencies)
    {
        this.dependencies = dependencies;
        flushes = new FlushTracker(dependencies.Time);
        store = new MemoryEventStore(dependencies.Options.Capacity, () => worker!.Wake()) { OnAdded = Entered };
        worker = new QueueWorker(store, dependencies.Context(flushes));
        lifetime = new QueueLifetime(dependencies, worker, flushes, isDurable: false, store.Close, NotifyRemainingAsync);
    }

    public QueueState State => new(dependencies.Depth, flushes.OldestAge);

    public async ValueTask<bool> EnqueueAsync(RudderEvent rudderEvent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rudderEvent);
        cancellationToken.ThrowIfCancellationRequested();
        rudderEvent = dependencies.WithArrivalTime(rudderEvent);
        if (
            await store
                .AppendAsync(rudderEvent, dependencies.Options.WhenFull == QueueFullMode.Wait, cancellationToken)
                .ConfigureAwait(false)
        )
        {
            return true;
        }

        if (store.IsClosed)
        {
            await dependencies
                .ReportAsync(rudderEvent, UndeliveredReason.Stopped, "The queue accepts no more events: the host is stopping")
                .ConfigureAwait(false);
        }
        else
        {
            dependencies.Log.Dropped();
            await dependencies.ReportAsync(rudderEvent, UndeliveredReason.QueueFull, "The queue is full").ConfigureAwait(false);
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
        dependencies.ChangeDepth(1);
    }

    /// <summary>Reports the events that were not delivered, and notifies the handlers of them.</summary>
    private async Task<int> NotifyRemainingAsync()
    {
        string message = DeliveryFailure.Stopped.Message;
        List<(RudderEvent Event, EventOutcome Outcome)> remaining = store
            .TakeRemaining()
            .ConvertAll(one => (one, Outcome.Undelivered(one, UndeliveredReason.Stopped, message)));
        dependencies.Target.Report(remaining.ConvertAll(one => one.Outcome));
        await dependencies.Handlers.NotifyAsync(remaining).ConfigureAwait(false);
        dependencies.ChangeDepth(-remaining.Count);
        return remaining.Count;
    }
}
