using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder;

/// <summary>A queue on disk: takes events in, and has the worker deliver them while the host runs.</summary>
internal sealed class SqliteOutbox : ICleverTapQueue, IHostedService, IDisposable
{
    private readonly string name;
    private readonly SqliteOutboxOptions options;
    private readonly OutcomeHandlers handlers;
    private readonly CleverTapMetrics metrics;
    private readonly ILogger logger;
    private readonly TimeProvider time;
    private readonly OutboxThread thread;
    private readonly OutboxRoom room;
    private readonly OutboxLedger ledger;
    private readonly OutboxWorker worker;
    private readonly FlushGate flushes = new();
    private readonly CancellationTokenSource deadline = new();
    private Task working = Task.CompletedTask;

    public SqliteOutbox(QueueParts<SqliteOutboxOptions> parts)
    {
        (name, options, FinalDelivery delivery, handlers, metrics, logger, time) = parts;
        room = new OutboxRoom(options.Capacity, options.MaxBytes, flushes.Request);
        thread = new OutboxThread(options, Opened);
        ledger = new OutboxLedger(name, options, thread, Gone, logger, time);
        worker = new OutboxWorker(name, options, delivery, thread, ledger, flushes, logger, time, deadline.Token);
        DeadLetters = new SqliteDeadLetters(thread, Waiting);
    }

    public SqliteDeadLetters DeadLetters { get; }

    public async ValueTask<bool> EnqueueAsync(RudderEvent rudderEvent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rudderEvent);
        cancellationToken.ThrowIfCancellationRequested();
        byte[] json = EventWriter.ToUtf8(rudderEvent.Index);
        var insert = new OutboxThread.Work(file => file.Insert(json), () => Added(1));
        if (!await room.EnterAsync(json.Length, () => thread.Post(insert), options.WhenFull == QueueFullMode.Wait, cancellationToken).ConfigureAwait(false))
        {
            await DropAsync(rudderEvent, json).ConfigureAwait(false);
            return false;
        }

        try
        {
            await insert.Done.ConfigureAwait(false);
            return true;
        }
        catch
        {
            room.Leave(1, json.Length);
            throw;
        }
    }

    public async Task<bool> FlushAsync(CancellationToken cancellationToken = default)
    {
        // Behind this is what was in the file before, and what is being enqueued.
        Task<bool> now = thread.RunAsync(_ => true);
        await ((Task)now).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (cancellationToken.IsCancellationRequested || thread.IsClosed) return false;
        await now.ConfigureAwait(false);
        return await flushes.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await thread.OpenAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        await ledger.PruneAsync().ConfigureAwait(false);
        working = Task.Run(worker.RunAsync, CancellationToken.None);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        worker.Stop();
        using ITimer timer = time.CreateTimer(_ => deadline.Cancel(), null, options.ShutdownDeadline, Timeout.InfiniteTimeSpan);
        using (cancellationToken.Register(GiveUp)) await working.ConfigureAwait(false);
        Close();
        logger.Stopped(name, (int)Math.Min(int.MaxValue, room.Events));
    }

    public void Dispose()
    {
        Close();
        thread.Dispose();
        deadline.Dispose();
        handlers.Dispose();
    }

    /// <summary>Nothing is delivered any more. What there is room for may still be put on disk.</summary>
    private void Close()
    {
        room.Close();
        flushes.Close();
    }

    /// <summary>The host's own patience is at its end.</summary>
    private void GiveUp()
    {
        deadline.Cancel();
        handlers.StopWaiting();
    }

    private void Opened(long events, long bytes)
    {
        logger.Opened(name, events);
        Waiting(events, bytes);
    }

    /// <summary>Events wait that nobody had to find room for: from before, or replayed.</summary>
    private void Waiting(long events, long bytes)
    {
        room.Occupy(events, bytes);
        Added(events);
    }

    private void Added(long events)
    {
        flushes.Enqueued(events);
        metrics.Queued(name, (int)events);
        worker.Added(events);
    }

    private void Gone(int events, long bytes)
    {
        room.Leave(events, bytes);
        metrics.Queued(name, -events);
    }

    private async Task DropAsync(RudderEvent rudderEvent, byte[] json)
    {
        logger.Dropped(name);
        EventOutcome outcome = room.IsClosed
            ? Outcome.Undelivered(rudderEvent, UndeliveredReason.Stopped, "The host stopped before the outbox had room")
            : Outcome.Undelivered(rudderEvent, UndeliveredReason.QueueFull, "The outbox was full");
        await ledger.KeepAsync(json, outcome).ConfigureAwait(false);
        await handlers.TellAsync(rudderEvent, outcome).ConfigureAwait(false);
    }
}
