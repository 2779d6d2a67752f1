using CleverTap.Rudder.Internal.Delivery;
using CleverTap.Rudder.Internal.Delivery.Engine;
using CleverTap.Rudder.Internal.Queues;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Internal.Sqlite.Outbox;

/// <summary>
/// Events in a file. An event leaves the file in the transaction that notes its final outcome, so that after a crash it is still
/// there. While the file fails, the same is attempted again. Thread-safe.
/// </summary>
internal sealed class OutboxEventStore(
    QueueDependencies<SqliteOutboxOptions> parts,
    OutboxThread thread,
    OutboxFiles files,
    OutboxCapacity capacity,
    FlushTracker flushes,
    Action changed
) : IEventStore
{
    /// <summary>How many bytes of events are read ahead, beyond one event; the others stay in the file until these are settled.</summary>
    private const long MaxReadAheadBytes = 64 * 1024 * 1024;

    private const int PageRows = 1000;

    private long waiting;
    private long readAheadBytes;
    private long lastRead;

    public long Waiting => Interlocked.Read(ref waiting);

    public bool IsFull => capacity.IsFull;

    /// <summary>An event is on disk. Called in the order of the ids, before anybody can read it.</summary>
    public void OnInserted(long id)
    {
        flushes.Enqueued(id);
        Count(1);
    }

    /// <summary>Events are on disk that did not wait for room: from before the start, or dead letters that are enqueued again.</summary>
    public void OnInserted(IReadOnlyList<(long Id, long Bytes)> events)
    {
        foreach ((long id, long bytes) in events)
        {
            capacity.Add(bytes);
            flushes.Enqueued(id);
        }

        Count(events.Count);
    }

    public async ValueTask<IReadOnlyList<QueuedEvent>> ReadAsync(int maxCount, CancellationToken cancellationToken)
    {
        long maxBytes = MaxReadAheadBytes - Interlocked.Read(ref readAheadBytes);
        if (maxBytes <= 0)
        {
            return [];
        }

        List<OutboxRow> rows = [];
        await AttemptAsync(
                async () =>
                {
                    files.CheckFreeSpace();
                    rows = await thread.RunAsync(database => database.Read(lastRead, maxCount, maxBytes)).ConfigureAwait(false);
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        if (rows.Count == 0)
        {
            return [];
        }

        lastRead = rows[^1].Id;
        Interlocked.Add(ref waiting, -rows.Count);
        Interlocked.Add(ref readAheadBytes, rows.Sum(row => (long)row.Json.Length));
        return rows.ConvertAll(ToQueuedEvent);
    }

    /// <exception cref="SqliteOutboxException">The file cannot be used; nothing was taken.</exception>
    public async ValueTask<IReadOnlyList<QueuedEvent>> TakeAsync(UserSet users, IReadOnlySet<long> open)
    {
        List<OutboxRow> taken = [];
        long after = 0;
        while (true)
        {
            // A page at a time, so that producers do not wait for all of it.
            List<OutboxRow> page = await thread
                .RunAsync(database => database.Read(after, PageRows, MaxReadAheadBytes))
                .ConfigureAwait(false);
            if (page.Count == 0)
            {
                break;
            }

            taken.AddRange(page.Where(row => !open.Contains(row.Id) && users.Owns(row.Json)));
            after = page[^1].Id;
        }

        Interlocked.Add(ref waiting, -taken.Count(row => row.Id > lastRead));
        Interlocked.Add(ref readAheadBytes, taken.Sum(row => (long)row.Json.Length));
        return taken.ConvertAll(ToQueuedEvent);
    }

    public async ValueTask<bool> SettleAsync(IReadOnlyList<SettledEvent> events, CancellationToken deadline)
    {
        if (!await AttemptAsync(() => RemoveAsync(events), deadline).ConfigureAwait(false))
        {
            return false;
        }

        long bytes = events.Sum(settled => (long)settled.Event.Json.Length);
        Interlocked.Add(ref readAheadBytes, -bytes);
        capacity.Release(events.Count, bytes);
        return true;
    }

    /// <summary>They are in the file.</summary>
    public void Return(IReadOnlyList<QueuedEvent> events) { }

    public void LogPruned(int count)
    {
        if (count > 0)
        {
            QueueLog.Try(() => parts.Logger.Pruned(parts.Name, count));
        }
    }

    private void Count(int added)
    {
        parts.Queued(added);
        Interlocked.Add(ref waiting, added);
        changed();
    }

    private async Task RemoveAsync(IReadOnlyList<SettledEvent> events) =>
        await thread
            .RunAsync(
                database =>
                {
                    foreach (SettledEvent settled in events)
                    {
                        // An attempt before may have been committed, though it failed.
                        if (database.Delete(settled.Event.Number) && Outcome.IsDeadLetter(settled.Outcome))
                        {
                            database.DeadLetters.Insert(settled.Event.Json.ToArray(), settled.Outcome);
                            database.SeenMessages.Remove(settled.Outcome.MessageId);
                        }
                    }

                    return database.DeadLetters.PruneIfDue();
                },
                LogPruned
            )
            .ConfigureAwait(false);

    /// <summary>Attempts something until it succeeds. False if the deadline passes first.</summary>
    private async Task<bool> AttemptAsync(Func<Task> attemptAsync, CancellationToken deadline)
    {
        while (true)
        {
            try
            {
                await attemptAsync().ConfigureAwait(false);
                return true;
            }
            catch (ObjectDisposedException)
            {
                return false;
            }
            catch (SqliteOutboxException exception)
            {
                QueueLog.Try(() => parts.Logger.FileFailed(parts.Name, exception.Fault, parts.Options.RetryInterval));
            }
            catch (Exception exception)
            {
                parts.Log.Failed(exception.GetType(), parts.Options.RetryInterval);
            }

            await Task.Delay(parts.Options.RetryInterval, parts.Time, deadline).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (deadline.IsCancellationRequested)
            {
                return false;
            }
        }
    }

    private static QueuedEvent ToQueuedEvent(OutboxRow row)
    {
        RudderEvent.TryRead(row.Json, out RudderEvent? rudderEvent, out EventError? error);
        return new QueuedEvent(row.Id, row.Json, rudderEvent, error);
    }
}
