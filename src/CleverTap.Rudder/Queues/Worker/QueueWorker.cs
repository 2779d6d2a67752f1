using System.Threading.Channels;
using CleverTap.Rudder.Internal.Delivery;
using CleverTap.Rudder.Internal.Delivery.Engine;

namespace CleverTap.Rudder.Internal.Queues;

/// <summary>
/// Delivers what a store holds: reads a bounded window of it, submits it to the engine, notifies handlers of each final outcome and
/// settles the event. The same for every store.
/// </summary>
internal sealed partial class QueueWorker : IQueueWorker
{
    private const int MaxSettledAtOnce = 1000;

    /// <summary>How many events of accounts that do not respond are held, beyond the window, for those of other accounts to pass.</summary>
    private const int MaxPausedEvents = 100_000;

    private readonly IEventStore store;
    private readonly QueueContext context;
    private readonly AccountSources sources;
    private readonly Dictionary<long, QueuedEvent> open = [];
    private readonly Channel<NotifiedEvent> completions = Channel.CreateUnbounded<NotifiedEvent>(
        new UnboundedChannelOptions { SingleReader = true }
    );
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
    private readonly CancellationTokenSource deadline = new();
    private readonly object gate = new();
    private readonly NotificationRetries notifications;
    private Task collecting = Task.CompletedTask;
    private Task settling = Task.CompletedTask;
    private volatile bool isDraining;
    private volatile bool isEnded;
    private long read;
    private int returnedCount;

    public QueueWorker(IEventStore store, QueueContext context)
    {
        this.store = store;
        this.context = context;
        notifications = new NotificationRetries(
            context.Handlers,
            context.Time,
            store.IsDurable,
            retried => completions.Writer.TryWrite(retried),
            deadline.Token
        );
        sources = new AccountSources(
            context.Target,
            Completed,
            (_, completed) =>
                new DeliverySource(completed)
                {
                    KeepsEvents = true,
                    FiltersDuplicates = context.FiltersDuplicates,
                    GiveUpAfter = context.Options.GiveUpAfter,
                    MinAttempts = context.Options.MinAttempts,
                    UnauthorizedPause = context.Options.UnauthorizedPause,
                    OnPaused = OnPaused,
                }
        );
    }

    /// <summary>How many events were read and not settled.</summary>
    public int Open
    {
        get
        {
            lock (gate)
            {
                return open.Count;
            }
        }
    }

    /// <summary>How many events were given back without a final outcome.</summary>
    public int ReturnedCount => returnedCount;

    /// <summary>Begins to deliver.</summary>
    public void Start()
    {
        if (!sources.Open())
        {
            isEnded = true;
            return;
        }

        settling = Task.Run(SettleAsync);
        collecting = Task.Run(CollectAsync);
    }

    public void RetryNow()
    {
        context.Target.RetryNow();
        Wake();
    }

    /// <summary>The store may have more events.</summary>
    public void Wake() => wake.Writer.TryWrite(true);

    /// <summary>Delivers what the store holds, as far as the time allows, and ends.</summary>
    /// <param name="drains">Whether what was not read yet is delivered too. Otherwise only what is in flight is finished.</param>
    /// <param name="shutdownDeadline">Ends the delivery.</param>
    public async Task StopAsync(bool drains, CancellationToken shutdownDeadline)
    {
        isDraining = true;
        isEnded |= !drains || sources.AreUnauthorized;
        if (!isEnded)
        {
            sources.EndUnauthorized(DeliveryFailure.Stopped);
        }

        Wake();
        using (shutdownDeadline.Register(End))
        {
            await collecting.ConfigureAwait(false);
            if (isEnded)
            {
                sources.Withdraw(DeliveryFailure.Stopped);
            }

            await WhenSettledAsync().ConfigureAwait(false);
        }

        End();
        await notifications.WhenEndedAsync().ConfigureAwait(false);
        completions.Writer.TryComplete();
        await settling.ConfigureAwait(false);
        await deadline.CancelAsync().ConfigureAwait(false);
    }

    public void Dispose()
    {
        deadline.Dispose();
        reading.Dispose();
    }

    /// <summary>Nothing is delivered any more: what is pending is given back to the store.</summary>
    public void End()
    {
        isEnded = true;
        sources.End(DeliveryFailure.Stopped);
        deadline.Cancel();
        Wake();
    }

    private async Task WhenSettledAsync()
    {
        while (Open > 0 && !deadline.IsCancellationRequested)
        {
            await wake.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false);
            wake.Reader.TryRead(out _);
        }
    }

    private async Task CollectAsync()
    {
        Task? linger = null;
        while (!isEnded)
        {
            int room = context.Window - Open + Math.Min(sources.PausedEvents, MaxPausedEvents);
            long waiting = store.Waiting;
            if (isDraining && waiting == 0)
            {
                return;
            }

            bool isTimeUp = linger is { IsCompleted: true };
            bool isDue = isTimeUp || waiting >= context.Options.FlushSize || store.IsFull || isDraining || context.Flushes.IsRequested;

            // Large reads are cheap ones. When a user that is stuck has most of the window, the others share what is left of it.
            bool hasRoom = room >= Math.Min(waiting, context.Window / 2) || (isTimeUp && room > 0);
            if (waiting > 0 && hasRoom && isDue)
            {
                linger = null;
                if (await ReadAsync(room).ConfigureAwait(false))
                {
                    continue;
                }
            }

            linger = waiting > 0 ? linger ?? Task.Delay(context.Options.FlushInterval, context.Time, deadline.Token) : null;
            Task woken = wake.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
            await Task.WhenAny(woken, linger is { IsCompleted: false } ? linger : woken).ConfigureAwait(false);
            wake.Reader.TryRead(out _);
        }
    }

    private void Completed(EventCompletion completion)
    {
        completions.Writer.TryWrite(new NotifiedEvent(completion.Event.Index, completion.Outcome));
    }

    private async Task SettleAsync()
    {
        List<NotifiedEvent> batch = [];
        while (await completions.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            while (batch.Count < MaxSettledAtOnce && completions.Reader.TryRead(out NotifiedEvent completion))
            {
                batch.Add(completion);
            }

            await SettleAsync(batch).ConfigureAwait(false);
            batch.Clear();
            Wake();
        }
    }

    /// <summary>
    /// Handlers are notified before the event leaves the store: after a crash they may be notified again, and miss nothing. An event whose
    /// handlers are called again stays open.
    /// </summary>
    private async Task SettleAsync(List<NotifiedEvent> batch)
    {
        List<SettledEvent> final = [];
        List<QueuedEvent> returned = [];
        List<long> closed = [];
        foreach (NotifiedEvent one in batch)
        {
            QueuedEvent stored = Stored(one.Index);
            bool isStopped = one.Outcome.UndeliveredReason == UndeliveredReason.Stopped;
            NotificationStatus notified = isStopped
                ? NotificationStatus.Abandoned
                : one.Status ?? await notifications.NotifyAsync(one, stored.Event).ConfigureAwait(false);
            if (notified == NotificationStatus.Retry)
            {
                continue;
            }

            closed.Add(one.Index);
            if (notified == NotificationStatus.Done)
            {
                final.Add(new SettledEvent(stored, one.Outcome));
            }
            else
            {
                returned.Add(stored);
            }
        }

        store.Return(returned);
        returnedCount += returned.Count;
        bool isSettled = await SettleAsync(final).ConfigureAwait(false);
        returnedCount += isSettled ? 0 : final.Count;
        lock (gate)
        {
            closed.ForEach(index => open.Remove(index));
            SettleRemovals(closed);
        }
    }

    private QueuedEvent Stored(long index)
    {
        lock (gate)
        {
            return open[index];
        }
    }

    private async Task<bool> SettleAsync(List<SettledEvent> final)
    {
        if (final.Count == 0)
        {
            return true;
        }

        if (!await store.SettleAsync(final, deadline.Token).ConfigureAwait(false))
        {
            return false;
        }

        context.Settled(final.Count);
        context.Flushes.Settled(final.Select(settled => settled.Event.Number));
        return true;
    }

    /// <summary>An account gets nothing for some time: the events of the others pass its own.</summary>
    private void OnPaused(bool areCredentialsRefused)
    {
        Wake();
        if (!areCredentialsRefused)
        {
            return;
        }

        context.Flushes.Fail();
        if (isDraining && !deadline.IsCancellationRequested)
        {
            // Nothing gets through to this account before the host ends.
            sources.EndUnauthorized(DeliveryFailure.Stopped);
            if (sources.AreUnauthorized)
            {
                End();
            }
        }
    }
}
