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
    private readonly ICleverTapDestination destination;
    private readonly BackgroundDeliveryOptions options;
    private readonly int mostPerDelivery;
    private readonly bool resendsLostAnswers;
    private readonly DeadLetters deadLetters;
    private readonly CleverTapMetrics metrics;
    private readonly ILogger logger;
    private readonly TimeProvider time;
    private readonly Channel<RudderEvent> channel;
    private readonly FlushGate flushes = new();
    private readonly CancellationTokenSource deadline = new();
    private Task worker = Task.CompletedTask;
    private volatile bool stopping;

    public CleverTapQueue(
        string name,
        ICleverTapDestination destination,
        CleverTapOptions delivery,
        BackgroundDeliveryOptions options,
        DeadLetters deadLetters,
        CleverTapMetrics metrics,
        ILogger logger,
        TimeProvider time)
    {
        this.name = name;
        this.destination = destination;
        this.options = options;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
        this.logger = logger;
        this.time = time;
        mostPerDelivery = Math.Max(options.FlushSize, delivery.MaxBatchRecords * delivery.MaxInFlight);
        resendsLostAnswers = delivery.LostAnswers == LostAnswers.Resend;
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
                await deadLetters.TakeAsync(rudderEvent, UndeliveredReason.QueueFull, "The queue was full").ConfigureAwait(false);
                return false;
            }

            try
            {
                await channel.Writer.WriteAsync(rudderEvent, cancellationToken).ConfigureAwait(false);
            }
            catch (ChannelClosedException)
            {
                await deadLetters.TakeAsync(rudderEvent, UndeliveredReason.Stopped, "The host is stopping").ConfigureAwait(false);
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
    }

    public void Dispose()
    {
        deadline.Dispose();
        deadLetters.Dispose();
    }

    /// <summary>The host's own patience is at its end.</summary>
    private void GiveUp()
    {
        deadline.Cancel();
        deadLetters.StopWaiting();
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

        logger.Stopped(name, deadLetters.LeftAtShutdown);
    }

    /// <summary>Waits for events: until there are enough, the first has waited long enough, or someone flushes. False where there are no more.</summary>
    private async Task<bool> GatherAsync(List<RudderEvent> batch)
    {
        if (!await channel.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false)) return false;

        Task waited = Task.Delay(options.FlushInterval, time, CancellationToken.None);
        while (true)
        {
            while (batch.Count < mostPerDelivery && channel.Reader.TryRead(out RudderEvent? item)) batch.Add(item);
            if (batch.Count >= options.FlushSize || waited.IsCompleted || flushes.IsRequested) return true;

            Task<bool> more = channel.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
            await Task.WhenAny(more, waited, flushes.Requested).ConfigureAwait(false);
            if (more.IsCompleted && !await more.ConfigureAwait(false)) return true;
        }
    }

    /// <summary>Sends events again and again until each has its final outcome, or the host's time is up.</summary>
    private async Task DeliverAsync(List<RudderEvent> batch)
    {
        IReadOnlyList<RudderEvent> pending = batch;
        while (pending.Count > 0)
        {
            (IReadOnlyList<RudderEvent> kept, TimeSpan pause) = await TryDeliverAsync(pending).ConfigureAwait(false);
            pending = kept;
            if (pending.Count == 0) return;
            if (deadline.IsCancellationRequested)
            {
                foreach (RudderEvent left in pending) await deadLetters.LeaveAsync(left).ConfigureAwait(false);
                return;
            }

            await Task.Delay(pause, time, deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<(IReadOnlyList<RudderEvent> Kept, TimeSpan Pause)> TryDeliverAsync(IReadOnlyList<RudderEvent> events)
    {
        DeliveryReport report;
        try
        {
            report = await destination.SendAsync(events, deadline.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Nothing may end the worker: events would pile up behind it unseen.
            logger.WorkerFailed(name, exception.GetType(), options.RetryInterval);
            return (events, options.RetryInterval);
        }

        List<RudderEvent> kept = [];
        UndeliveredReason? reason = null;
        foreach (EventOutcome outcome in report)
        {
            if (IsWorthAnotherTry(outcome))
            {
                kept.Add(events[outcome.Index]);
                reason ??= outcome.UndeliveredReason;
            }
            else if (outcome.Kind is not (OutcomeKind.Delivered or OutcomeKind.Filtered))
            {
                await deadLetters.TakeAsync(events[outcome.Index], outcome).ConfigureAwait(false);
            }
        }

        TimeSpan pause = reason == UndeliveredReason.Unauthorized ? options.UnauthorizedPause : options.RetryInterval;
        if (kept.Count > 0 && !deadline.IsCancellationRequested) logger.Pausing(name, kept.Count, pause, reason!.Value);
        return (kept, pause);
    }

    private bool IsWorthAnotherTry(EventOutcome outcome) => outcome.Kind == OutcomeKind.Undelivered && outcome.UndeliveredReason switch
    {
        UndeliveredReason.BadRequest => false,
        UndeliveredReason.NoAnswer or UndeliveredReason.Unreadable => resendsLostAnswers,
        _ => true,
    };
}
