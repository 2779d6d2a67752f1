using CleverTap.Rudder.Internal.Delivery;
using CleverTap.Rudder.Internal.Delivery.Engine;
using CleverTap.Rudder.Internal.Queues;
using CleverTap.Rudder.Internal.Sqlite.DeadLetters;
using CleverTap.Rudder.Internal.Sqlite.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Internal.Sqlite.Outbox;

/// <summary>A queue in a SQLite file. Events that are not delivered when the host stops stay in the file for the next host.</summary>
internal sealed class SqliteOutbox : ICleverTapQueue, IUserEvents, IQueueState, IHostedService, IAsyncDisposable, IDisposable
{
    private readonly QueueDependencies<SqliteOutboxOptions> dependencies;
    private readonly OutboxFiles files;
    private readonly OutboxThread thread;
    private readonly OutboxCapacity capacity;
    private readonly OutboxEventStore store;
    private readonly OutboxWriter writer;
    private readonly QueueWorker worker;
    private readonly QueueLifetime lifetime;
    private readonly FlushTracker flushes;
    private readonly OutboxStatus status;

    public SqliteOutbox(QueueDependencies<SqliteOutboxOptions> dependencies)
    {
        this.dependencies = dependencies;
        flushes = new FlushTracker(dependencies.Time);
        files = new OutboxFiles(new SqliteConnectionStringBuilder(OutboxDatabase.CreateConnectionString(dependencies.Options)).DataSource);
        thread = new OutboxThread(files, Open);
        capacity = new OutboxCapacity(dependencies.Options.Capacity, dependencies.Options.MaxBytes, Wake);
        store = new OutboxEventStore(dependencies, thread, files, capacity, flushes, Wake);
        writer = new OutboxWriter(dependencies, thread, capacity, store);

        // The file filters duplicates, because it also knows the events of earlier hosts.
        worker = new QueueWorker(store, dependencies.Context(flushes) with { FiltersDuplicates = false });
        lifetime = new QueueLifetime(dependencies, worker, flushes, isDurable: true, capacity.Close, CountRemainingAsync);
        status = new OutboxStatus(thread, files);
        DeadLetters = new SqliteDeadLetters(thread, store.OnInserted);
    }

    public SqliteDeadLetters DeadLetters { get; }

    public QueueState State => status.AddTo(new QueueState(dependencies.Depth, flushes.OldestAge));

    public async ValueTask<bool> EnqueueAsync(RudderEvent rudderEvent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rudderEvent);
        return await EnqueueAsync([rudderEvent], cancellationToken).ConfigureAwait(false) == 1;
    }

    public async ValueTask<int> EnqueueAsync(IEnumerable<RudderEvent> events, CancellationToken cancellationToken = default)
    {
        RudderEvent[] batch = Array.ConvertAll(EventBatch.ToArray(events), dependencies.WithArrivalTime);
        cancellationToken.ThrowIfCancellationRequested();
        int accepted = 0;
        foreach (IReadOnlyList<NewEvent> chunk in NewEvent.SplitIntoChunks(batch))
        {
            accepted += await writer.EnqueueAsync(chunk, cancellationToken).ConfigureAwait(false);
        }

        return accepted;
    }

    public async Task<bool> FlushAsync(CancellationToken cancellationToken = default)
    {
        // The thread runs work in order: after this, every event that was enqueued before is counted.
        Task<bool> counted = thread.RunAsync(_ => true);
        await ((Task)counted).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return counted.IsCompletedSuccessfully && await lifetime.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task RefreshAsync(CancellationToken cancellationToken) => status.RefreshAsync(cancellationToken);

    public async Task RemoveAsync(UserSet users, CancellationToken cancellationToken)
    {
        // The store counts the events of the file when it opens.
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

    /// <summary>Counts the events that stay in the file.</summary>
    private Task<int> CountRemainingAsync() => Task.FromResult((int)Math.Min(int.MaxValue, capacity.Events));

    private OutboxDatabase Open()
    {
        OutboxDatabase database = OutboxDatabase.Open(dependencies.Options, dependencies.Target.DeduplicationWindow, dependencies.Time);
        try
        {
            files.Path = database.Path;
            store.LogPruned(database.DeadLetters.PruneIfDue());
            List<(long Id, long Bytes)> events = database.ListEvents();
            store.OnInserted(events);
            QueueLog.TryLog(() => dependencies.Logger.Opened(dependencies.Name, events.Count));
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }
}
