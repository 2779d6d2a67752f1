using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace CleverTap.Rudder;

/// <summary>
/// The one thread that uses the file. What is asked of it while it waits for the disk becomes the next transaction, so that
/// many producers share one wait (group commit). Things are done in the order in which they were asked for.
/// </summary>
internal sealed class OutboxThread : IDisposable
{
    private const int MostInOneTransaction = 1000;

    private readonly BlockingCollection<Work> queue = [];
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SqliteOutboxOptions options;
    private readonly Action<long, long> openedWith;
    private readonly Lazy<Thread> thread;

    /// <param name="options">Where the file is.</param>
    /// <param name="openedWith">Is told the number and the bytes of the events in the file, before anything is done with it.</param>
    public OutboxThread(SqliteOutboxOptions options, Action<long, long> openedWith)
    {
        this.options = options;
        this.openedWith = openedWith;
        Path = System.IO.Path.GetFullPath(new SqliteConnectionStringBuilder(OutboxFile.ConnectionString(options)).DataSource);
        thread = new Lazy<Thread>(Start);
    }

    public string Path { get; }

    public bool IsClosed => queue.IsAddingCompleted;

    /// <summary>How many bytes the disk has left; as many as there are numbers where it does not say.</summary>
    public long FreeBytes
    {
        get
        {
            try
            {
                return new DriveInfo(System.IO.Path.GetDirectoryName(Path)!).AvailableFreeSpace;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
            {
                return long.MaxValue;
            }
        }
    }

    /// <summary>Opens the file, if nobody has yet.</summary>
    /// <exception cref="SqliteOutboxException">The file cannot be used.</exception>
    public Task OpenAsync()
    {
        _ = thread.Value;
        return opened.Task;
    }

    /// <summary>Has something done in a transaction, and tells when that is on disk.</summary>
    /// <param name="work">What to do with the file; it is done once, or again not at all.</param>
    /// <param name="committed">Is called on the thread once it is on disk, before anything that was asked for later.</param>
    /// <exception cref="SqliteOutboxException">The file cannot be used. Nothing was done.</exception>
    /// <exception cref="ObjectDisposedException">The outbox is closed.</exception>
    public async Task<T> RunAsync<T>(Func<OutboxFile, T> work, Action<T>? committed = null)
    {
        T result = default!;
        var item = new Work(file => result = work(file), () => committed?.Invoke(result));
        Post(item);
        await item.Done.ConfigureAwait(false);
        return result;
    }

    public void Post(Work work)
    {
        _ = thread.Value;
        try
        {
            queue.Add(work);
        }
        catch (InvalidOperationException)
        {
            work.Fail(new ObjectDisposedException(nameof(SqliteOutbox)));
        }
    }

    /// <summary>Does what was asked for so far, and closes the file.</summary>
    public void Dispose()
    {
        queue.CompleteAdding();
        if (thread.IsValueCreated) thread.Value.Join();
    }

    private Thread Start()
    {
        var started = new Thread(Run) { IsBackground = true, Name = "CleverTap outbox" };
        started.Start();
        return started;
    }

    private void Run()
    {
        OutboxFile file;
        try
        {
            file = OutboxFile.Open(options);
            (long events, long bytes) = file.Waiting();
            openedWith(events, bytes);
        }
        catch (Exception exception)
        {
            Exception told = Told(exception);
            opened.SetException(told);
            foreach (Work work in queue.GetConsumingEnumerable()) work.Fail(told);
            return;
        }

        using (file)
        {
            opened.SetResult();
            List<Work> group = [];
            foreach (Work first in queue.GetConsumingEnumerable())
            {
                group.Add(first);
                while (group.Count < MostInOneTransaction && queue.TryTake(out Work? next)) group.Add(next);
                DoInOneTransaction(file, group);
                group.Clear();
            }
        }
    }

    private void DoInOneTransaction(OutboxFile file, List<Work> group)
    {
        try
        {
            file.Begin();
            foreach (Work work in group) work.Do(file);
            file.Commit();
        }
        catch (Exception exception)
        {
            file.Rollback();
            Exception told = Told(exception);
            foreach (Work work in group) work.Fail(told);
            return;
        }

        foreach (Work work in group) work.Succeed();
    }

    private Exception Told(Exception exception) => exception is SqliteException error ? OutboxErrors.Of(error, Path) : exception;

    /// <summary>Something to do with the file.</summary>
    internal sealed class Work(Action<OutboxFile> action, Action committed)
    {
        private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Done => done.Task;

        public void Do(OutboxFile file) => action(file);

        public void Succeed()
        {
            committed();
            done.SetResult();
        }

        public void Fail(Exception exception) => done.SetException(exception);
    }
}
