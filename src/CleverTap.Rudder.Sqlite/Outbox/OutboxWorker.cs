using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder;

/// <summary>Empties the outbox: batch after batch in order, each until every event has its final outcome.</summary>
internal sealed class OutboxWorker(
    string name,
    SqliteOutboxOptions options,
    FinalDelivery delivery,
    OutboxThread thread,
    OutboxLedger ledger,
    FlushGate flushes,
    ILogger logger,
    TimeProvider time,
    CancellationToken deadline)
{
    private const long MostBytesAtOnce = 32 * 1024 * 1024;

    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long unread;
    private volatile bool stopping;

    /// <summary>Events are on disk that it has not read.</summary>
    public void Added(long events)
    {
        Interlocked.Add(ref unread, events);
        wake.Writer.TryWrite(true);
    }

    /// <summary>Waits for no more events; those that are there are delivered.</summary>
    public void Stop()
    {
        stopping = true;
        wake.Writer.TryWrite(true);
    }

    /// <summary>Works until it is stopped and nothing is left, or the time is up.</summary>
    public async Task RunAsync()
    {
        long last = 0;
        while (await GatherAsync().ConfigureAwait(false))
        {
            List<OutboxRow> rows = [];
            try
            {
                ledger.CheckRoom();
                rows = await thread.RunAsync(
                    file => file.Read(last, delivery.MostAtOnce, MostBytesAtOnce),
                    read => Interlocked.Add(ref unread, -read.Count)).ConfigureAwait(false);
                if (await DeliverAsync(rows).ConfigureAwait(false)) last = rows[^1].Id;
            }
            catch (SqliteOutboxException exception)
            {
                await ledger.WaitForFileAsync(exception, deadline).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not ObjectDisposedException)
            {
                // Nothing may end the worker: events would pile up behind it unseen.
                logger.WorkerFailed(name, exception.GetType(), options.RetryInterval);
                Interlocked.Add(ref unread, rows.Count);
                await Task.Delay(options.RetryInterval, time, deadline).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
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
                unreadable.Add((row, delivery.OutcomeOf(error)));
            }
        }

        bool areNoted = await ledger.SettleAsync(unreadable, deadline).ConfigureAwait(false);
        IReadOnlyList<int> left = await delivery.DeliverAsync(
            events,
            async outcomes => areNoted &= await ledger.SettleAsync([.. outcomes.Select(outcome => (ofEvents[outcome.Index], outcome))], deadline).ConfigureAwait(false),
            deadline).ConfigureAwait(false);
        if (left.Count > 0 || !areNoted) return false;
        flushes.Settled(rows.Count);
        return true;
    }
}
