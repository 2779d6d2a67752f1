using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder;

/// <summary>
/// A queue on disk and the worker that empties it: batch after batch in order, each until every event has its final outcome.
/// An event leaves the file together with that outcome, so that after a crash it is there still and goes again.
/// </summary>
internal sealed class SqliteOutbox : ICleverTapQueue, IHostedService, IDisposable
{
    private const long MostBytesAtOnce = 32 * 1024 * 1024;

    private static readonly TimeSpan PruneInterval = TimeSpan.FromHours(1);

    private readonly string name;
    private readonly SqliteOutboxOptions options;
    private readonly FinalDelivery delivery;
    private readonly OutcomeHandlers handlers;
    private readonly CleverTapMetrics metrics;
    private readonly ILogger logger;
    private readonly TimeProvider time;
    private readonly OutboxThread thread;
    private readonly OutboxRoom room;
    private readonly FlushGate flushes = new();
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource deadline = new();
    private Task worker = Task.CompletedTask;
    private DateTimeOffset pruned;
    private int lettersUnpruned;
    private long unread;
    private volatile bool stopping;

    public SqliteOutbox(
        string name, SqliteOutboxOptions options, FinalDelivery delivery, OutcomeHandlers handlers, CleverTapMetrics metrics, ILogger logger, TimeProvider time)
    {
        this.name = name;
        this.options = options;
        this.delivery = delivery;
        this.handlers = handlers;
        this.metrics = metrics;
        this.logger = logger;
        this.time = time;
        room = new OutboxRoom(options.Capacity, options.MaxBytes);
        thread = new OutboxThread(options, (events, bytes) => Found(events, bytes));
        DeadLetters = new SqliteDeadLetters(thread, Replayed);
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

    public Task<bool> FlushAsync(CancellationToken cancellationToken = default) => flushes.FlushAsync(cancellationToken);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await thread.OpenAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        await PruneAsync().ConfigureAwait(false);
        worker = Task.Run(WorkAsync, CancellationToken.None);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        stopping = true;
        flushes.Request();
        wake.Writer.TryWrite(true);
        using ITimer timer = time.CreateTimer(_ => deadline.Cancel(), null, options.ShutdownDeadline, Timeout.InfiniteTimeSpan);
        using (cancellationToken.Register(GiveUp)) await worker.ConfigureAwait(false);
    }

    public void Dispose()
    {
        thread.Dispose();
        deadline.Dispose();
        handlers.Dispose();
    }

    /// <summary>The host's own patience is at its end.</summary>
    private void GiveUp()
    {
        deadline.Cancel();
        handlers.StopWaiting();
    }

    /// <summary>Events are on disk that nobody has read.</summary>
    private void Added(long count)
    {
        Interlocked.Add(ref unread, count);
        flushes.Enqueued(count);
        metrics.Queued(name, (int)count);
        wake.Writer.TryWrite(true);
    }

    private void Found(long events, long bytes)
    {
        logger.Opened(name, events);
        room.Occupy(events, bytes);
        Added(events);
    }

    private void Replayed(int events, long bytes)
    {
        room.Occupy(events, bytes);
        Added(events);
    }

    private async Task DropAsync(RudderEvent rudderEvent, byte[] json)
    {
        logger.Dropped(name);
        EventOutcome outcome = OutcomeHandlers.Undelivered(rudderEvent, UndeliveredReason.QueueFull, "The outbox was full");
        await thread.RunAsync(file => file.DeadLetters.Insert(json, outcome, time.GetUtcNow())).ConfigureAwait(false);
        await handlers.TellAsync(rudderEvent, outcome).ConfigureAwait(false);
    }

    private async Task WorkAsync()
    {
        long last = 0;
        while (await GatherAsync().ConfigureAwait(false))
        {
            List<OutboxRow> rows = [];
            try
            {
                rows = await thread.RunAsync(
                    file => file.Read(last, delivery.MostAtOnce, MostBytesAtOnce),
                    read => Interlocked.Add(ref unread, -read.Count)).ConfigureAwait(false);
                if (await DeliverAsync(rows).ConfigureAwait(false)) last = rows[^1].Id;
            }
            catch (SqliteOutboxException exception)
            {
                await WaitForFileAsync(exception).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not ObjectDisposedException)
            {
                // Nothing may end the worker: events would pile up behind it unseen.
                logger.WorkerFailed(name, exception.GetType(), options.RetryInterval);
                Interlocked.Add(ref unread, rows.Count);
                await Task.Delay(options.RetryInterval, time, deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        logger.Stopped(name, (int)Math.Min(int.MaxValue, room.Events));
    }

    /// <summary>Waits for events: until there are enough, the first has waited long enough, or someone flushes. False where it is time to end.</summary>
    private async Task<bool> GatherAsync()
    {
        Task? waited = null;
        while (!deadline.IsCancellationRequested)
        {
            long waiting = Interlocked.Read(ref unread);
            if (stopping) return waiting > 0;
            if (waiting >= options.FlushSize || (waiting > 0 && (waited is { IsCompleted: true } || flushes.IsRequested))) return true;

            wake.Reader.TryRead(out _);
            if (Interlocked.Read(ref unread) != waiting || stopping) continue;
            if (waiting > 0) waited ??= Task.Delay(options.FlushInterval, time, CancellationToken.None);
            Task woken = wake.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
            await (waited is null ? woken : Task.WhenAny(woken, waited, flushes.Requested)).ConfigureAwait(false);
        }

        return false;
    }

    /// <summary>Delivers the events of these rows. False where the time is up first: the rest stays in the file.</summary>
    private async Task<bool> DeliverAsync(List<OutboxRow> rows)
    {
        List<RudderEvent> events = [];
        List<OutboxRow> ofEvents = [];
        List<(OutboxRow Row, EventOutcome Outcome)> unreadable = [];
        foreach (OutboxRow row in rows)
        {
            if (RudderEvent.TryRead(row.Json, out RudderEvent? read, out EventError? error))
            {
                events.Add(read);
                ofEvents.Add(row);
            }
            else
            {
                unreadable.Add((row, new EventOutcome { Index = 0, MessageId = error.MessageId, Kind = OutcomeKind.Invalid, Error = error, Message = error.Message }));
            }
        }

        bool noted = unreadable.Count == 0 || await SettleAsync(unreadable).ConfigureAwait(false);
        IReadOnlyList<int> left = await delivery.DeliverAsync(
            events,
            async outcomes => noted &= await SettleAsync([.. outcomes.Select(outcome => (ofEvents[outcome.Index], outcome))]).ConfigureAwait(false),
            deadline.Token).ConfigureAwait(false);
        if (left.Count > 0 || !noted) return false;
        flushes.Settled(rows.Count);
        return true;
    }

    /// <summary>Events leave the file with their final outcome, the bad ones for the dead letters. False where that cannot be noted before the time is up.</summary>
    private async Task<bool> SettleAsync(List<(OutboxRow Row, EventOutcome Outcome)> settled)
    {
        DateTimeOffset now = time.GetUtcNow();
        while (true)
        {
            try
            {
                int letters = await thread.RunAsync(file => Settle(file, settled, now)).ConfigureAwait(false);
                room.Leave(settled.Count, settled.Sum(one => (long)one.Row.Json.Length));
                metrics.Queued(name, -settled.Count);
                lettersUnpruned += letters;
                if (lettersUnpruned > options.MaxDeadLetters / 10 || now - pruned > PruneInterval) await PruneAsync().ConfigureAwait(false);
                return true;
            }
            catch (SqliteOutboxException exception)
            {
                if (deadline.IsCancellationRequested) return false;
                await WaitForFileAsync(exception).ConfigureAwait(false);
            }
        }
    }

    private static int Settle(OutboxFile file, List<(OutboxRow Row, EventOutcome Outcome)> settled, DateTimeOffset now)
    {
        int letters = 0;
        foreach ((OutboxRow row, EventOutcome outcome) in settled)
        {
            file.Delete(row.Id);
            if (outcome.Kind is OutcomeKind.Delivered or OutcomeKind.Filtered) continue;
            file.DeadLetters.Insert(row.Json, outcome, now);
            letters++;
        }

        return letters;
    }

    private async Task PruneAsync()
    {
        pruned = time.GetUtcNow();
        lettersUnpruned = 0;
        DateTimeOffset before = pruned - TimeSpan.FromTicks(Math.Min(options.DeadLetterRetention.Ticks, pruned.Ticks));
        int count = await thread.RunAsync(file => file.DeadLetters.Prune(before, options.MaxDeadLetters)).ConfigureAwait(false);
        if (count > 0) logger.Pruned(name, count);
    }

    private async Task WaitForFileAsync(SqliteOutboxException exception)
    {
        logger.FileFailed(name, exception.Fault, options.RetryInterval);
        await Task.Delay(options.RetryInterval, time, deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
