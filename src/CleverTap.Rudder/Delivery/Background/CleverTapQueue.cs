using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder;

/// <summary>
/// A bounded queue in memory and the worker that empties it: one delivery at a time, in order, so that a user's events
/// keep theirs. What did not get through is kept and sent again; what never will goes to the dead-letter callback.
/// </summary>
internal sealed class CleverTapQueue : ICleverTapQueue, IHostedService, IDisposable
{
    private readonly string name;
    private readonly BackgroundDeliveryOptions options;
    private readonly FinalDelivery delivery;
    private readonly OutcomeHandlers handlers;
    private readonly CleverTapMetrics metrics;
    private readonly ILogger logger;
    private readonly TimeProvider time;
    private readonly Channel<RudderEvent> channel;
    private readonly FlushGate flushes = new();
    private readonly CancellationTokenSource deadline = new();
    private Task worker = Task.CompletedTask;
    private volatile bool stopping;
    private int leftAtStop;

    public CleverTapQueue(QueueParts<BackgroundDeliveryOptions> parts)
    {
        (name, options, delivery, handlers, metrics, logger, time) = parts;
        channel = Channel.CreateBounded<RudderEvent>(new BoundedChannelOptions(options.Capacity) { SingleReader = true });
    }

    public async ValueTask<bool> EnqueueAsync(RudderEvent rudderEvent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rudderEvent);
        cancellationToken.ThrowIfCancellationRequested();
        if (!channel.Writer.TryWrite(rudderEvent))
        {
            if (options.WhenFull == QueueFullMode.DropNewest && !stopping)
            {
                logger.Dropped(name);
                await handlers.TellAsync(rudderEvent, UndeliveredReason.QueueFull, "The queue was full").ConfigureAwait(false);
                return false;
            }

            flushes.Request();
            try
            {
                await channel.Writer.WriteAsync(rudderEvent, cancellationToken).ConfigureAwait(false);
            }
            catch (ChannelClosedException)
            {
                await handlers.TellAsync(rudderEvent, UndeliveredReason.Stopped, "The host is stopping").ConfigureAwait(false);
                return false;
            }
        }

        metrics.Queued(name, 1);
        flushes.Enqueued();
        return true;
    }

    public Task<bool> FlushAsync(CancellationToken cancellationToken = default) => flushes.FlushAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        worker = Task.Run(WorkAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        stopping = true;
        channel.Writer.TryComplete();
        flushes.Request();
        using ITimer timer = time.CreateTimer(_ => deadline.Cancel(), null, options.ShutdownDeadline, Timeout.InfiniteTimeSpan);
        using (cancellationToken.Register(GiveUp)) await worker.ConfigureAwait(false);
        flushes.Close();
    }

    public void Dispose()
    {
        deadline.Dispose();
        handlers.Dispose();
    }

    /// <summary>The host's own patience is at its end.</summary>
    private void GiveUp()
    {
        deadline.Cancel();
        handlers.StopWaiting();
    }

    private async Task WorkAsync()
    {
        List<RudderEvent> batch = [];
        while (await GatherAsync(batch).ConfigureAwait(false))
        {
            int gathered = batch.Count;
            await DeliverAsync(batch).ConfigureAwait(false);
            metrics.Queued(name, -gathered);
            flushes.Settled(gathered);
            batch.Clear();
        }

        logger.Stopped(name, leftAtStop);
    }

    /// <summary>Waits for events: until there are enough, the first has waited long enough, or someone flushes. False where there are no more.</summary>
    private async Task<bool> GatherAsync(List<RudderEvent> batch)
    {
        if (!await channel.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false)) return false;

        Task waited = Task.Delay(options.FlushInterval, time, CancellationToken.None);
        while (true)
        {
            while (batch.Count < delivery.MostAtOnce && channel.Reader.TryRead(out RudderEvent? item)) batch.Add(item);
            if (batch.Count >= options.FlushSize || waited.IsCompleted || flushes.IsRequested) return true;

            Task<bool> more = channel.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
            await Task.WhenAny(more, waited, flushes.Requested).ConfigureAwait(false);
            if (more.IsCompleted && !await more.ConfigureAwait(false)) return true;
        }
    }

    private async Task DeliverAsync(List<RudderEvent> batch)
    {
        IReadOnlyList<int> left = await delivery.DeliverAsync(batch, _ => Task.CompletedTask, deadline.Token).ConfigureAwait(false);
        leftAtStop += left.Count;
        foreach (int place in left) await handlers.TellAsync(batch[place], UndeliveredReason.Stopped, "The host stopped before the event was delivered").ConfigureAwait(false);
    }
}
