using CleverTap.Rudder.Internal.Delivery;
using CleverTap.Rudder.Internal.Queues;

namespace CleverTap.Rudder.Internal.Sqlite.Outbox;

/// <summary>
/// Puts events on disk in the order of the calls, as many in one transaction as there is room for. What does not fit, and what could not
/// be read back, is kept as a dead letter. Thread-safe.
/// </summary>
internal sealed class OutboxIntake(
    QueueDependencies<SqliteOutboxOptions> parts,
    OutboxThread thread,
    OutboxCapacity capacity,
    OutboxEventStore store
)
{
    /// <summary>Enqueues events of one transaction.</summary>
    /// <returns>How many were taken.</returns>
    /// <exception cref="SqliteOutboxException">The file cannot be used.</exception>
    /// <exception cref="OperationCanceledException">The token fired before there was room for all.</exception>
    public async Task<int> EnqueueAsync(IReadOnlyList<NewEvent> chunk, CancellationToken cancellationToken)
    {
        if (chunk[0].Event.Parsed.IsTooDeep)
        {
            RudderEvent tooDeep = chunk[0].Event;
            EventError error = EventError.TooDeep("") with { MessageId = tooDeep.MessageId };
            await KeepAsync(chunk[0], Outcome.Invalid(error)).ConfigureAwait(false);
            return 1;
        }

        int taken = 0;
        bool mayWait = parts.Options.WhenFull == QueueFullMode.Wait;
        int first = 0;
        while (first < chunk.Count)
        {
            NewEvent[] open = [.. chunk.Skip(first)];
            Insertion? insertion = null;
            int entered = await capacity
                .EnterAsync(
                    [.. open.Select(next => next.Json.Length)],
                    count => thread.Post((insertion = new Insertion(open[..count], store)).Work),
                    mayWait,
                    cancellationToken
                )
                .ConfigureAwait(false);
            if (entered > 0)
            {
                await InsertAsync(insertion!).ConfigureAwait(false);
                taken += entered;
            }
            else
            {
                taken += await DropAsync(open[0]).ConfigureAwait(false) ? 1 : 0;
            }

            first += Math.Max(1, entered);
        }

        return taken;
    }

    private async Task InsertAsync(Insertion insertion)
    {
        try
        {
            await insertion.Work.Done.ConfigureAwait(false);
        }
        catch
        {
            capacity.Leave(insertion.Events.Count, insertion.Events.Sum(inserted => (long)inserted.Json.Length));
            throw;
        }

        foreach (NewEvent duplicate in insertion.Duplicates)
        {
            capacity.Leave(1, duplicate.Json.Length);
            await NotifyDuplicateAsync(duplicate.Event).ConfigureAwait(false);
        }
    }

    /// <summary>Keeps an event for which there is no room as a dead letter, unless it was seen before.</summary>
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
            parts.Log.Dropped();
        }

        await KeepAsync(dropped, Outcome.Undelivered(dropped.Event, reason, message)).ConfigureAwait(false);
        return false;
    }

    private async Task KeepAsync(NewEvent kept, EventOutcome outcome)
    {
        await thread
            .RunAsync(
                database =>
                {
                    database.DeadLetters.Insert(kept.Json, outcome);
                    return database.DeadLetters.PruneIfDue();
                },
                store.LogPruned
            )
            .ConfigureAwait(false);
        await NotifyAsync(kept.Event, outcome).ConfigureAwait(false);
    }

    private Task NotifyDuplicateAsync(RudderEvent rudderEvent) =>
        NotifyAsync(rudderEvent, Outcome.NotMapped(0, rudderEvent.MessageId, TransformResult.Filtered(FilterReason.Duplicate)));

    private Task NotifyAsync(RudderEvent rudderEvent, EventOutcome outcome)
    {
        parts.Target.Report([outcome]);
        return parts.Handlers.NotifyAsync(rudderEvent, outcome);
    }

    /// <summary>The insertion of events that have entered, as one piece of work.</summary>
    private sealed class Insertion
    {
        private readonly long?[] ids;
        private readonly OutboxEventStore store;

        public Insertion(IReadOnlyList<NewEvent> events, OutboxEventStore store)
        {
            Events = events;
            ids = new long?[events.Count];
            this.store = store;
            Work = new OutboxThread.Work(Insert, Inserted);
        }

        public IReadOnlyList<NewEvent> Events { get; }

        public OutboxThread.Work Work { get; }

        public IEnumerable<NewEvent> Duplicates => Events.Where((_, index) => ids[index] is null);

        /// <summary>May be called again after a rollback.</summary>
        private void Insert(OutboxDatabase database)
        {
            for (int index = 0; index < ids.Length; index++)
            {
                ids[index] = database.SeenMessages.TryAdd(Events[index].Event.MessageId) ? database.Insert(Events[index].Json) : null;
            }
        }

        private void Inserted()
        {
            foreach (long? id in ids)
            {
                if (id is { } added)
                {
                    store.Added(added);
                }
            }
        }
    }
}
