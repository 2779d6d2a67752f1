using CleverTap.Rudder.Internal.Delivery;
using CleverTap.Rudder.Internal.Delivery.Engine;
using CleverTap.Rudder.Internal.Queues;
using CleverTap.Rudder.Internal.Sqlite.DeadLetters;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Internal.Sqlite.Outbox;

/// <summary>A queue on disk. Events that are not delivered when the host ends stay in the file, for the next host.</summary>
internal sealed class SqliteOutbox : ICleverTapQueue, IUserEvents, IQueueState, IHostedService, IAsyncDisposable, IDisposable
{
    private readonly QueueDependencies<SqliteOutboxOptions> parts;
    private readonly OutboxFiles files;
    private readonly OutboxThread thread;
    private readonly OutboxCapacity capacity;
    private readonly OutboxEventStore store;
    private readonly OutboxWriter intake;
    private readonly QueueWorker worker;
    private readonly QueueLifetime lifetime;
    private readonly FlushTracker flushes;
    private readonly OutboxStatus reading;

    public SqliteOutbox(QueueDependencies<SqliteOutboxOptions> parts)
    {
        this.parts = parts;
        flushes = new FlushTracker(parts.Time);
        files = new OutboxFiles(new SqliteConnectionStringBuilder(OutboxDatabase.CreateConnectionString(parts.Options)).DataSource);
        thread = new OutboxThread(files, Open);
        capacity = new OutboxCapacity(parts.Options.Capacity, parts.Options.MaxBytes, Wake);
        store = new OutboxEventStore(parts, thread, files, capacity, flushes, Wake);
        intake = new OutboxWriter(parts, thread, capacity, store);

        // The file knows what was seen, also before the start.
        worker = new QueueWorker(store, parts.Context(flushes) with { FiltersDuplicates = false });
        lifetime = new QueueLifetime(parts, worker, flushes, capacity.Close, LeftAsync);
        reading = new OutboxStatus(thread, files);
        DeadLetters = new SqliteDeadLetters(thread, store.OnInserted);
    }

    public SqliteDeadLetters DeadLetters { get; }

    public QueueState State => reading.AddTo(new QueueState(parts.Depth, flushes.OldestAge));

    public async ValueTask<bool> EnqueueAsync(RudderEvent rudderEvent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rudderEvent);
        return await EnqueueAsync([rudderEvent], cancellationToken).ConfigureAwait(false) == 1;
    }

    public async ValueTask<int> EnqueueAsync(IEnumerable<RudderEvent> events, CancellationToken cancellationToken = default)
    {
        RudderEvent[] batch = Array.ConvertAll(EventBatch.ToArray(events), parts.Arrived);
        cancellationToken.ThrowIfCancellationRequested();
        int taken = 0;
        foreach (IReadOnlyList<NewEvent> chunk in NewEvent.SplitIntoChunks(batch))
        {
            taken += await intake.EnqueueAsync(chunk, cancellationToken).ConfigureAwait(false);
        }

        return taken;
    }

    public async Task<bool> FlushAsync(CancellationToken cancellationToken = default)
    {
        // After this, every event whose insertion was requested before is counted.
        Task<bool> counted = thread.RunAsync(_ => true);
        await ((Task)counted).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return counted.IsCompletedSuccessfully && await lifetime.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task RefreshAsync(CancellationToken cancellationToken) => reading.RefreshAsync(cancellationToken);

    public async Task RemoveAsync(UserSet users, CancellationToken cancellationToken)
    {
        // The file is open after this, with all its events counted.
        await thread.OpenAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        await worker.RemoveAsync(users, cancellationToken).ConfigureAwait(false);
        await DeadLetters.RemoveAsync(users).WaitAsync(cancellationToken).ConfigureAwait(false);
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
        OutboxDatabase database = OutboxDatabase.Open(parts.Options, parts.Target.DeduplicationWindow, parts.Time);
        try
        {
            files.Path = database.Path;
            store.LogPruned(database.DeadLetters.PruneIfDue());
            List<(long Id, long Bytes)> events = database.ListEvents();
            store.OnInserted(events);
            QueueLog.Try(() => parts.Logger.Opened(parts.Name, events.Count));
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }
}
