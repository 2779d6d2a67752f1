using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace CleverTap.Rudder.Internal.Sqlite.Outbox;

/// <summary>
/// The one thread that uses the database. Work that is posted while it waits for the disk shares the next transaction, so that many
/// producers share one wait (group commit). Work is done in the order in which it was posted.
/// </summary>
/// <param name="files">Where the database is.</param>
/// <param name="open">Opens the database, and registers what it holds.</param>
internal sealed class OutboxThread(OutboxFiles files, Func<OutboxDatabase> open) : IDisposable
{
    private const int MaxWorkInTransaction = 1000;

    private readonly BlockingCollection<Work> queue = [];
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly object gate = new();
    private Thread? thread;

    /// <summary>Opens the database unless it is open.</summary>
    /// <exception cref="SqliteOutboxException">The file cannot be used.</exception>
    public Task OpenAsync()
    {
        EnsureStarted();
        return opened.Task;
    }

    /// <summary>Does work in a transaction, and returns when it is on disk.</summary>
    /// <param name="work">What to do. It is done again if other work in its transaction fails.</param>
    /// <param name="committed">Called on the thread once it is on disk, before any work that was posted later. It must not throw.</param>
    /// <exception cref="SqliteOutboxException">The file cannot be used. Nothing was done.</exception>
    /// <exception cref="ObjectDisposedException">The outbox is closed.</exception>
    public async Task<T> RunAsync<T>(Func<OutboxDatabase, T> work, Action<T>? committed = null)
    {
        T result = default!;
        var item = new Work(database => result = work(database), () => committed?.Invoke(result));
        Enqueue(item);
        await item.Done.ConfigureAwait(false);
        return result;
    }

    public void Enqueue(Work work)
    {
        EnsureStarted();
        try
        {
            queue.Add(work);
        }
        catch (InvalidOperationException)
        {
            work.Fail(new ObjectDisposedException(nameof(SqliteOutbox)));
        }
    }

    /// <summary>Does the work that was posted, and closes the database.</summary>
    public void Dispose()
    {
        Thread? started;
        lock (gate)
        {
            queue.CompleteAdding();
            started = thread;
        }

        started?.Join();
    }

    private void EnsureStarted()
    {
        lock (gate)
        {
            if (thread is null && !queue.IsAddingCompleted)
            {
                thread = new Thread(Run) { IsBackground = true, Name = "CleverTap outbox" };
                thread.Start();
            }
        }
    }

    private void Run()
    {
        try
        {
            using OutboxDatabase database = open();
            opened.SetResult();
            DoAll(database);
        }
        catch (Exception exception)
        {
            // The database is closed by now: another process may open it.
            Exception error = Explain(exception);
            opened.TrySetException(error);
            foreach (Work work in queue.GetConsumingEnumerable())
            {
                work.Fail(error);
            }
        }
    }

    private void DoAll(OutboxDatabase database)
    {
        List<Work> group = [];
        foreach (Work first in queue.GetConsumingEnumerable())
        {
            group.Add(first);
            while (group.Count < MaxWorkInTransaction && queue.TryTake(out Work? next))
            {
                group.Add(next);
            }

            Do(database, CollectionsMarshal.AsSpan(group));
            group.Clear();
        }
    }

    /// <summary>Does a group of work in one transaction. A group that fails is halved, until the work that fails is alone.</summary>
    private void Do(OutboxDatabase database, ReadOnlySpan<Work> group)
    {
        if (!TryCommit(database, group, out Exception? error))
        {
            if (group.Length == 1)
            {
                group[0].Fail(error!);
                return;
            }

            Do(database, group[..(group.Length / 2)]);
            Do(database, group[(group.Length / 2)..]);
            return;
        }

        foreach (Work work in group)
        {
            work.Succeed();
        }
    }

    private bool TryCommit(OutboxDatabase database, ReadOnlySpan<Work> group, out Exception? error)
    {
        try
        {
            database.Begin();
            foreach (Work work in group)
            {
                work.Do(database);
            }

            files.CheckFilesExist();
            database.Commit();
            error = null;
            return true;
        }
        catch (Exception exception)
        {
            database.Rollback();
            error = Explain(exception);
            return false;
        }
    }

    private Exception Explain(Exception exception) => exception is SqliteException error ? OutboxErrors.From(error, files.Path) : exception;

    /// <summary>Something to do with the database.</summary>
    internal sealed class Work(Action<OutboxDatabase> action, Action committed)
    {
        private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Done => done.Task;

        public void Do(OutboxDatabase database) => action(database);

        public void Succeed()
        {
            committed();
            done.SetResult();
        }

        public void Fail(Exception exception) => done.SetException(exception);
    }
}
