using CleverTap.Rudder.Internal.Delivery;
using CleverTap.Rudder.Internal.Delivery.Engine;
using CleverTap.Rudder.Internal.Queues;
using CleverTap.Rudder.Internal.Sqlite.Storage;

namespace CleverTap.Rudder.Internal.Sqlite.Outbox;

/// <summary>Reads events from the file and settles them. Thread-safe.</summary>
/// <remarks>
/// One transaction deletes an event and saves its dead letter, so that no crash loses an event without a final outcome. An operation
/// that fails is retried every <see cref="BackgroundDeliveryOptions.RetryInterval"/>.
/// </remarks>
internal sealed class OutboxEventStore(
    QueueDependencies<SqliteOutboxOptions> dependencies,
    OutboxThread thread,
    OutboxFiles files,
    OutboxCapacity capacity,
    FlushTracker flushes,
    Action onChanged
) : IEventStore
{
    /// <summary>
    /// The maximum total size of the events in memory, in bytes, not counting the last event read. Other events stay in the file.
    /// </summary>
    private const long MaxReadAheadBytes = 64 * 1024 * 1024;

    private const int MaxPageRows = 1000;

    private long waiting;
    private long readAheadBytes;
    private long lastRead;

    public long Waiting => Interlocked.Read(ref waiting);

    public bool IsFull => capacity.IsFull;

    /// <summary>Counts an event on disk. Called in the order of the ids, before the event can be read.</summary>
    public void OnInserted(long id)
    {
        flushes.Enqueued(id);
        Count(1);
    }

    /// <summary>Counts events on disk that reserved no capacity: those of an earlier host, and replayed dead letters.</summary>
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
        await RetryAsync(
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

    /// <exception cref="SqliteOutboxException">The file cannot be used; no event was taken.</exception>
    public async ValueTask<IReadOnlyList<QueuedEvent>> TakeAsync(UserSet users, IReadOnlySet<long> open)
    {
        List<OutboxRow> taken = [];
        long after = 0;
        while (true)
        {
            // One page per transaction, so that producers wait for a page and not for the whole file.
            List<OutboxRow> page = await thread
                .RunAsync(database => database.Read(after, MaxPageRows, MaxReadAheadBytes))
                .ConfigureAwait(false);
            if (page.Count == 0)
            {
                break;
            }

            taken.AddRange(page.Where(row => !open.Contains(row.Id) && users.Matches(row.Json)));
            after = page[^1].Id;
        }

        Interlocked.Add(ref waiting, -taken.Count(row => row.Id > lastRead));
        Interlocked.Add(ref readAheadBytes, taken.Sum(row => (long)row.Json.Length));
        return taken.ConvertAll(ToQueuedEvent);
    }

    public async ValueTask<bool> SettleAsync(IReadOnlyList<SettledEvent> events, CancellationToken deadline)
    {
        if (!await RetryAsync(() => SettleInFileAsync(events), deadline).ConfigureAwait(false))
        {
            return false;
        }

        long bytes = events.Sum(settled => (long)settled.Event.Json.Length);
        Interlocked.Add(ref readAheadBytes, -bytes);
        capacity.Release(events.Count, bytes);
        return true;
    }

    /// <summary>Does nothing: the events are still in the file.</summary>
    public void Return(IReadOnlyList<QueuedEvent> events) { }

    public void LogPruned(int count)
    {
        if (count > 0)
        {
            QueueLog.TryLog(() => dependencies.Logger.Pruned(dependencies.Name, count));
        }
    }

    private void Count(int added)
    {
        dependencies.ChangeDepth(added);
        Interlocked.Add(ref waiting, added);
        onChanged();
    }

    private async Task SettleInFileAsync(IReadOnlyList<SettledEvent> events) =>
        await thread
            .RunAsync(
                database =>
                {
                    foreach (SettledEvent settled in events)
                    {
                        // An earlier attempt that reported an error may have been committed.
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

    /// <summary>Retries an operation until it succeeds. Returns false if the deadline passes first.</summary>
    private async Task<bool> RetryAsync(Func<Task> attempt, CancellationToken deadline)
    {
        while (true)
        {
            try
            {
                await attempt().ConfigureAwait(false);
                return true;
            }
            catch (ObjectDisposedException)
            {
                return false;
            }
            catch (SqliteOutboxException exception)
            {
                QueueLog.TryLog(() =>
                    dependencies.Logger.FileFailed(dependencies.Name, exception.Fault, dependencies.Options.RetryInterval)
                );
            }
            catch (Exception exception)
            {
                dependencies.Log.Failed(exception.GetType(), dependencies.Options.RetryInterval);
            }

            await Task.Delay(dependencies.Options.RetryInterval, dependencies.Time, deadline)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
