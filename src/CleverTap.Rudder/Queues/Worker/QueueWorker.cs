using System.Threading.Channels;
using CleverTap.Rudder.Internal.Delivery;
using CleverTap.Rudder.Internal.Delivery.Engine;

namespace CleverTap.Rudder.Internal.Queues;

/// <summary>
/// Delivers the events of a store: reads a bounded window of them, submits them to the engine, notifies handlers of each final outcome and
/// settles the event. It works in the same way with every store.
/// </summary>
internal sealed partial class QueueWorker : IQueueWorker
{
    private const int MaxSettledAtOnce = 1000;

    /// <summary>The share of the shutdown deadline in which uploads start. The rest is for the responses to those in flight.</summary>
    private const double StartShare = 0.75;

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
    private readonly CancellationTokenSource ended = new();
    private readonly object gate = new();
    private readonly NotificationRetries notifications;
    private Task collecting = Task.CompletedTask;
    private Task settling = Task.CompletedTask;
    private volatile bool isDraining;
    private volatile bool isEnded;
    private long read;

    public QueueWorker(IEventStore store, QueueContext context)
    {
        this.store = store;
        this.context = context;
        notifications = new NotificationRetries(
            context.Handlers,
            context.Time,
            store.IsDurable,
            retried => completions.Writer.TryWrite(retried),
            ended.Token
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

    /// <summary>The number of events that were read and not settled.</summary>
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

    /// <summary>Makes the worker check the store for more events.</summary>
    public void Wake() => wake.Writer.TryWrite(true);

    /// <summary>Delivers the events of the store until shortly before the deadline, waits for the uploads in flight, and ends.</summary>
    /// <param name="drains">Whether events that were not read yet are delivered too; if false, only those in flight are finished.</param>
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
        TimeSpan startTime = context.Options.ShutdownDeadline * StartShare;
        await using (context.Time.CreateTimer(_ => StartNoMore(), null, startTime, Timeout.InfiniteTimeSpan).ConfigureAwait(false))
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
        await ended.CancelAsync().ConfigureAwait(false);
    }

    public void Dispose()
    {
        ended.Dispose();
        reading.Dispose();
    }

    /// <summary>Ends the delivery: pending events are returned to the store.</summary>
    public void End()
    {
        isEnded = true;
        sources.End(DeliveryFailure.Stopped);
        ended.Cancel();
        Wake();
    }

    /// <summary>Starts no more uploads: events that are not in flight are returned to the store.</summary>
    private void StartNoMore()
    {
        isEnded = true;
        sources.Withdraw(DeliveryFailure.Stopped);
        Wake();
    }

    private async Task WhenSettledAsync()
    {
        while (Open > 0 && !ended.IsCancellationRequested)
        {
            await wake.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false);
            wake.Reader.TryRead(out _);
        }
    }

    private void Completed(EventCompletion completion)
    {
        completions.Writer.TryWrite(new NotifiedEvent(completion.Event.Index, completion.Outcome));
    }

    /// <summary>Called when an account is paused or users are stuck, so that events of others are read beyond the window.</summary>
    private void OnPaused(bool areCredentialsRefused)
    {
        Wake();
        if (!areCredentialsRefused)
        {
            return;
        }

        context.Flushes.Fail();
        if (isDraining && !ended.IsCancellationRequested)
        {
            // This account accepts no more events before the host ends.
            sources.EndUnauthorized(DeliveryFailure.Stopped);
            if (sources.AreUnauthorized)
            {
                End();
            }
        }
    }
}
