using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder;

/// <summary>A queue on disk. Events that are not delivered when the host ends stay in the file, for the next host.</summary>
internal sealed class SqliteOutbox : ICleverTapQueue, IHostedService, IAsyncDisposable, IDisposable
{
    private readonly QueueParts<SqliteOutboxOptions> parts;
    private readonly OutboxFiles files;
    private readonly OutboxThread thread;
    private readonly OutboxCapacity capacity;
    private readonly OutboxEventStore store;
    private readonly QueueWorker worker;
    private readonly QueueLifetime lifetime;

    public SqliteOutbox(QueueParts<SqliteOutboxOptions> parts)
    {
        this.parts = parts;
        var flushes = new FlushTracker();
        files = new OutboxFiles(new SqliteConnectionStringBuilder(OutboxDatabase.ConnectionString(parts.Options)).DataSource);
        thread = new OutboxThread(files, Open);
        capacity = new OutboxCapacity(parts.Options.Capacity, parts.Options.MaxBytes, Wake);
        store = new OutboxEventStore(parts, thread, files, capacity, flushes, Wake);

        // The file knows what was seen, also before the start.
        worker = new QueueWorker(store, parts.Context(flushes) with { FiltersDuplicates = false });
        lifetime = new QueueLifetime(parts, worker, flushes, capacity.Close, LeftAsync);
        DeadLetters = new SqliteDeadLetters(thread, store.Added);
    }

    public SqliteDeadLetters DeadLetters { get; }

    public async ValueTask<bool> EnqueueAsync(RudderEvent rudderEvent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rudderEvent);
        cancellationToken.ThrowIfCancellationRequested();
        rudderEvent = parts.Arrived(rudderEvent);
        byte[] json = EventWriter.ToUtf8(rudderEvent.Index);
        if (rudderEvent.Index.IsTooDeep)
        {
            EventError error = EventError.TooDeep("") with { MessageId = rudderEvent.MessageId };
            await KeepAsync(json, rudderEvent, Outcome.Invalid(error)).ConfigureAwait(false);
            return true;
        }

        long? id = null;
        string? messageId = rudderEvent.MessageId;
        var insert = new OutboxThread.Work(
            database => id = database.SeenMessages.TryAdd(messageId) ? database.Insert(json) : null,
            () => Inserted(id));
        bool mayWait = parts.Options.WhenFull == QueueFullMode.Wait;
        if (!await capacity.EnterAsync(json.Length, () => thread.Post(insert), mayWait, cancellationToken).ConfigureAwait(false))
        {
            return await DropAsync(json, rudderEvent).ConfigureAwait(false);
        }

        try
        {
            await insert.Done.ConfigureAwait(false);
        }
        catch
        {
            capacity.Leave(1, json.Length);
            throw;
        }

        if (id is null)
        {
            capacity.Leave(1, json.Length);
            await NotifyDuplicateAsync(rudderEvent).ConfigureAwait(false);
        }

        return true;
    }

    public async Task<bool> FlushAsync(CancellationToken cancellationToken = default)
    {
        // After this, every event whose insertion was requested before is counted.
        Task<bool> counted = thread.RunAsync(_ => true);
        await ((Task)counted).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return counted.IsCompletedSuccessfully && await lifetime.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await thread.OpenAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        lifetime.Start();
    }

    public Task StopAsync(CancellationToken cancellationToken) => lifetime.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await lifetime.DisposeAsync().ConfigureAwait(false);
        thread.Dispose();
    }

    public void Dispose()
    {
        lifetime.Dispose();
        thread.Dispose();
    }

    private void Wake() => worker.Wake();

    /// <summary>Events that are left stay in the file.</summary>
    private Task<int> LeftAsync() => Task.FromResult((int)Math.Min(int.MaxValue, capacity.Events));

    private OutboxDatabase Open()
    {
        OutboxDatabase database = OutboxDatabase.Open(parts.Options, parts.Destination.DeduplicationWindow, parts.Time);
        try
        {
            files.Path = database.Path;
            store.LogPruned(database.DeadLetters.PruneIfDue());
            List<(long Id, long Bytes)> events = database.Events();
            store.Added(events);
            QueueLog.Try(() => parts.Logger.Opened(parts.Name, events.Count));
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private void Inserted(long? id)
    {
        if (id is { } added)
        {
            store.Added(added);
        }
    }

    /// <summary>Keeps an event for which there is no room as a dead letter, unless it was seen before.</summary>
    private async Task<bool> DropAsync(byte[] json, RudderEvent rudderEvent)
    {
        string? messageId = rudderEvent.MessageId;
        if (await thread.RunAsync(database => database.SeenMessages.Contains(messageId)).ConfigureAwait(false))
        {
            await NotifyDuplicateAsync(rudderEvent).ConfigureAwait(false);
            return true;
        }

        (UndeliveredReason reason, string message) = capacity.IsClosed
            ? (UndeliveredReason.Stopped, "The host stopped before the outbox had room")
            : (UndeliveredReason.QueueFull, "The outbox is full");
        if (reason == UndeliveredReason.QueueFull)
        {
            parts.Log.Dropped();
        }

        await KeepAsync(json, rudderEvent, Outcome.Undelivered(rudderEvent, reason, message)).ConfigureAwait(false);
        return false;
    }

    private async Task KeepAsync(byte[] json, RudderEvent rudderEvent, EventOutcome outcome)
    {
        await thread.RunAsync(
            database =>
            {
                database.DeadLetters.Insert(json, outcome);
                return database.DeadLetters.PruneIfDue();
            },
            store.LogPruned).ConfigureAwait(false);
        await NotifyAsync(rudderEvent, outcome).ConfigureAwait(false);
    }

    private Task NotifyDuplicateAsync(RudderEvent rudderEvent) =>
        NotifyAsync(rudderEvent, Outcome.NotMapped(0, rudderEvent.MessageId, TransformResult.Filtered(FilterReason.Duplicate)));

    private Task NotifyAsync(RudderEvent rudderEvent, EventOutcome outcome)
    {
        parts.Destination.Report([outcome]);
        return parts.Handlers.NotifyAsync(rudderEvent, outcome);
    }
}
