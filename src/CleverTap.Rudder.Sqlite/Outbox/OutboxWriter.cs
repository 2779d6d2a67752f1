using CleverTap.Rudder.Internal.Delivery;
using CleverTap.Rudder.Internal.Queues;
using CleverTap.Rudder.Internal.Sqlite.Storage;

namespace CleverTap.Rudder.Internal.Sqlite.Outbox;

/// <summary>Writes enqueued events to the file, in the order of the calls. Thread-safe.</summary>
/// <remarks>
/// One transaction takes as many events as the capacity allows. An event that does not fit, or that could not be read back, becomes a
/// dead letter.
/// </remarks>
internal sealed class OutboxWriter(
    QueueDependencies<SqliteOutboxOptions> dependencies,
    OutboxThread thread,
    OutboxCapacity capacity,
    OutboxEventStore store
)
{
    /// <summary>Enqueues the events of one chunk.</summary>
    /// <returns>The number of accepted events.</returns>
    /// <exception cref="SqliteOutboxException">The file cannot be used.</exception>
    /// <exception cref="OperationCanceledException">The token fired before the capacity allowed all events.</exception>
    public async Task<int> EnqueueAsync(IReadOnlyList<NewEvent> chunk, CancellationToken cancellationToken)
    {
        if (chunk[0].Event.Parsed.IsTooDeep)
        {
            await SaveTooDeepAsync(chunk[0]).ConfigureAwait(false);
            return 1;
        }

        int accepted = 0;
        int first = 0;
        while (first < chunk.Count)
        {
            NewEvent[] pending = [.. chunk.Skip(first)];
            int inserted = await InsertNextAsync(pending, cancellationToken).ConfigureAwait(false);
            if (inserted > 0)
            {
                accepted += inserted;
                first += inserted;
                continue;
            }

            accepted += await DropAsync(pending[0]).ConfigureAwait(false) ? 1 : 0;
            first++;
        }

        return accepted;
    }

    /// <summary>Inserts as many of the next events as the capacity allows, in one transaction.</summary>
    /// <returns>The number of inserted events; 0 if the outbox is full or closed.</returns>
    private async Task<int> InsertNextAsync(NewEvent[] pending, CancellationToken cancellationToken)
    {
        Insertion? insertion = null;
        int[] sizes = [.. pending.Select(next => next.Json.Length)];
        bool canWait = dependencies.Options.WhenFull == QueueFullMode.Wait;

        // The insertion is posted inside the reservation, so that the file has the events in the order of the reservations.
        int reserved = await capacity.ReserveAsync(sizes, PostInsertion, canWait, cancellationToken).ConfigureAwait(false);
        if (insertion is not null)
        {
            await CompleteAsync(insertion).ConfigureAwait(false);
        }

        return reserved;

        void PostInsertion(int count)
        {
            insertion = new Insertion(pending[..count], store);
            thread.Enqueue(insertion.Work);
        }
    }

    private async Task CompleteAsync(Insertion insertion)
    {
        try
        {
            await insertion.Work.Done.ConfigureAwait(false);
        }
        catch
        {
            capacity.Release(insertion.Events.Count, insertion.Events.Sum(inserted => (long)inserted.Json.Length));
            throw;
        }

        foreach (NewEvent duplicate in insertion.Duplicates)
        {
            capacity.Release(1, duplicate.Json.Length);
            await NotifyDuplicateAsync(duplicate.Event).ConfigureAwait(false);
        }
    }

    private Task SaveTooDeepAsync(NewEvent tooDeep)
    {
        EventError error = EventError.TooDeep("") with { MessageId = tooDeep.Event.MessageId };
        return SaveDeadLetterAsync(tooDeep, Outcome.Invalid(error));
    }

    /// <summary>Saves an event that does not fit as a dead letter, unless it is a duplicate.</summary>
    /// <returns>Whether the event is a duplicate, which counts as accepted.</returns>
    private async Task<bool> DropAsync(NewEvent dropped)
    {
        string? messageId = dropped.Event.MessageId;
        if (await thread.RunAsync(database => database.SeenMessages.Contains(messageId)).ConfigureAwait(false))
        {
            await NotifyDuplicateAsync(dropped.Event).ConfigureAwait(false);
            return true;
        }

        (UndeliveredReason reason, string message) = capacity.IsClosed
            ? (UndeliveredReason.Stopped, "The host stopped before the outbox had room")
            : (UndeliveredReason.QueueFull, "The outbox is full");
        if (reason == UndeliveredReason.QueueFull)
        {
            dependencies.Log.Dropped();
        }

        await SaveDeadLetterAsync(dropped, Outcome.Undelivered(dropped.Event, reason, message)).ConfigureAwait(false);
        return false;
    }

    private async Task SaveDeadLetterAsync(NewEvent rejected, EventOutcome outcome)
    {
        await thread
            .RunAsync(
                database =>
                {
                    database.DeadLetters.Insert(rejected.Json, outcome);
                    return database.DeadLetters.PruneIfDue();
                },
                store.LogPruned
            )
            .ConfigureAwait(false);
        await dependencies.ReportAsync(rejected.Event, outcome).ConfigureAwait(false);
    }

    private Task NotifyDuplicateAsync(RudderEvent rudderEvent) =>
        dependencies.ReportAsync(
            rudderEvent,
            Outcome.FromUnmapped(0, rudderEvent.MessageId, TransformResult.Filtered(FilterReason.Duplicate))
        );

    /// <summary>Inserts events that have reserved capacity, as one work item of the thread.</summary>
    private sealed class Insertion
    {
        private readonly long?[] ids;
        private readonly OutboxEventStore store;

        public Insertion(IReadOnlyList<NewEvent> events, OutboxEventStore store)
        {
            Events = events;
            ids = new long?[events.Count];
            this.store = store;
            Work = new OutboxThread.WorkItem(Insert, OnCommitted);
        }

        public IReadOnlyList<NewEvent> Events { get; }

        public OutboxThread.WorkItem Work { get; }

        public IEnumerable<NewEvent> Duplicates => Events.Where((_, index) => ids[index] is null);

        /// <summary>Inserts the events. It runs again if the transaction was rolled back.</summary>
        private void Insert(OutboxDatabase database)
        {
            for (int index = 0; index < ids.Length; index++)
            {
                bool isNew = database.SeenMessages.TryAdd(Events[index].Event.MessageId);
                ids[index] = isNew ? database.Insert(Events[index].Json) : null;
            }
        }

        private void OnCommitted()
        {
            foreach (long? id in ids)
            {
                if (id is { } inserted)
                {
                    store.OnInserted(inserted);
                }
            }
        }
    }
}
