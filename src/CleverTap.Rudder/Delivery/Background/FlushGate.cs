namespace CleverTap.Rudder;

/// <summary>Counts events in and out of the queue, so that a flush knows when those before it are through. Thread-safe.</summary>
internal sealed class FlushGate
{
    private readonly object gate = new();
    private readonly List<(long Target, TaskCompletionSource Done)> waiting = [];
    private TaskCompletionSource requested = New();
    private long enqueued;
    private long settled;
    private bool isClosed;

    /// <summary>Ends when someone wants everything delivered now.</summary>
    public Task Requested
    {
        get
        {
            lock (gate) return requested.Task;
        }
    }

    public bool IsRequested => Requested.IsCompleted;

    public void Enqueued(long count = 1)
    {
        lock (gate) enqueued += count;
    }

    public void Request()
    {
        lock (gate) requested.TrySetResult();
    }

    /// <summary>So many events, the oldest, have their final outcome.</summary>
    public void Settled(int count)
    {
        lock (gate)
        {
            settled += count;
            waiting.RemoveAll(flush => flush.Target <= settled && flush.Done.TrySetResult() | true);
            if (waiting.Count == 0 && requested.Task.IsCompleted) requested = New();
        }
    }

    /// <summary>Nothing will be settled any more: whoever waits has waited in vain.</summary>
    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
            foreach ((_, TaskCompletionSource done) in waiting) done.TrySetCanceled();
            waiting.Clear();
        }
    }

    public async Task<bool> FlushAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource done = New();
        lock (gate)
        {
            if (settled >= enqueued) return true;
            if (isClosed) return false;
            waiting.Add((enqueued, done));
            requested.TrySetResult();
        }

        using (cancellationToken.Register(() => done.TrySetCanceled(cancellationToken)))
            await ((Task)done.Task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return done.Task.IsCompletedSuccessfully;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
