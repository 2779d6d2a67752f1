using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace CleverTap.Rudder.Internal.Sqlite.Storage;

/// <summary>Runs work on the single thread that uses the database, in the order in which it was enqueued.</summary>
/// <remarks>
/// Work that is enqueued during a commit shares the next transaction, so that many producers share one wait for the disk (group commit).
/// </remarks>
/// <param name="files">The files of the database.</param>
/// <param name="open">Opens the database and counts its events.</param>
internal sealed class OutboxThread(OutboxFiles files, Func<OutboxDatabase> open) : IDisposable
{
    private const int MaxWorkInTransaction = 1000;

    private readonly BlockingCollection<WorkItem> queue = [];
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly object gate = new();
    private Thread? thread;

    /// <summary>Opens the database if it is not open.</summary>
    /// <exception cref="SqliteOutboxException">The file cannot be used.</exception>
    public Task OpenAsync()
    {
        EnsureStarted();
        return opened.Task;
    }

    /// <summary>Runs work in a transaction and returns when it is committed to disk.</summary>
    /// <param name="work">The work. It runs again if other work in its transaction fails.</param>
    /// <param name="onCommitted">Called on the thread after the commit, before any later work. It must not throw.</param>
    /// <exception cref="SqliteOutboxException">The file cannot be used. Nothing was written.</exception>
    /// <exception cref="ObjectDisposedException">The outbox is closed.</exception>
    public async Task<T> RunAsync<T>(Func<OutboxDatabase, T> work, Action<T>? onCommitted = null)
    {
        T result = default!;
        var item = new WorkItem(database => result = work(database), () => onCommitted?.Invoke(result));
        Enqueue(item);
        await item.Done.ConfigureAwait(false);
        return result;
    }

    public void Enqueue(WorkItem work)
    {
        EnsureStarted();
        try
        {
            queue.Add(work);
        }
        catch (InvalidOperationException)
        {
            work.Fail(new ObjectDisposedException("SqliteOutbox"));
        }
    }

    /// <summary>Runs the enqueued work, then closes the database.</summary>
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
            ExecuteAll(database);
        }
        catch (Exception exception)
        {
            // The database is closed at this point, so that another process can open it.
            Exception error = Translate(exception);
            opened.TrySetException(error);
            foreach (WorkItem work in queue.GetConsumingEnumerable())
            {
                work.Fail(error);
            }
        }
    }

    private void ExecuteAll(OutboxDatabase database)
    {
        List<WorkItem> group = [];
        foreach (WorkItem first in queue.GetConsumingEnumerable())
        {
            group.Add(first);
            while (group.Count < MaxWorkInTransaction && queue.TryTake(out WorkItem? next))
            {
                group.Add(next);
            }

            Execute(database, CollectionsMarshal.AsSpan(group));
            group.Clear();
        }
    }

    /// <summary>Runs a group of work in one transaction. A group that fails is halved until the failing work is alone.</summary>
    private void Execute(OutboxDatabase database, ReadOnlySpan<WorkItem> group)
    {
        if (TryCommit(database, group, out Exception? error))
        {
            foreach (WorkItem work in group)
            {
                work.Complete();
            }
        }
        else if (group.Length == 1)
        {
            group[0].Fail(error!);
        }
        else
        {
            Execute(database, group[..(group.Length / 2)]);
            Execute(database, group[(group.Length / 2)..]);
        }
    }

    private bool TryCommit(OutboxDatabase database, ReadOnlySpan<WorkItem> group, out Exception? error)
    {
        try
        {
            database.Begin();
            foreach (WorkItem work in group)
            {
                work.Execute(database);
            }

            files.CheckFilesExist();
            database.Commit();
            error = null;
            return true;
        }
        catch (Exception exception)
        {
            database.Rollback();
            error = Translate(exception);
            return false;
        }
    }

    private Exception Translate(Exception exception) =>
        exception is SqliteException error ? OutboxErrors.From(error, files.Path) : exception;

    /// <summary>A piece of work on the database, with its completion.</summary>
    internal sealed class WorkItem(Action<OutboxDatabase> action, Action onCommitted)
    {
        private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Done => done.Task;

        public void Execute(OutboxDatabase database) => action(database);

        public void Complete()
        {
            onCommitted();
            done.SetResult();
        }

        public void Fail(Exception exception) => done.SetException(exception);
    }
}
