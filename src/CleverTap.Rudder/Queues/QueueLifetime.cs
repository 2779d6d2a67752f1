namespace CleverTap.Rudder.Internal.Queues;

/// <summary>
/// Starts, stops and disposes a queue. A stop delivers what it can. Without a stop or without a start, a disposal still gives each event
/// an outcome or leaves it in a durable store. One log line gives the number of remaining events.
/// </summary>
/// <param name="dependencies">The dependencies of the queue.</param>
/// <param name="worker">The worker of the queue.</param>
/// <param name="flushes">The flushes that wait for the queue.</param>
/// <param name="isDurable">Whether the store keeps the remaining events for the next start.</param>
/// <param name="close">Closes the store for further events, except an outbox, which accepts events that fit.</param>
/// <param name="releaseAsync">
/// Gives the remaining events their outcome, or leaves them in a durable store. Returns the number of these events.
/// </param>
internal sealed class QueueLifetime(
    QueueDependencies dependencies,
    IQueueWorker worker,
    FlushTracker flushes,
    bool isDurable,
    Action close,
    Func<Task<int>> releaseAsync
)
{
    /// <summary>How long a disposal without a stop waits for handlers that do not return.</summary>
    private static readonly TimeSpan DisposeTimeout = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int state;

    private enum State
    {
        New,
        Started,
        Ended,
    }

    public void Start()
    {
        if (Interlocked.CompareExchange(ref state, (int)State.Started, (int)State.New) == (int)State.New)
        {
            worker.Start();
        }
    }

    /// <summary>Waits for the events of the queue; false at once if the queue is not started, because it delivers nothing then.</summary>
    public Task<bool> FlushAsync(CancellationToken cancellationToken) =>
        state == (int)State.New ? Task.FromResult(false) : flushes.FlushAsync(worker.RetryNow, cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var outOfTime = new CancellationTokenSource();
        ITimer timer = dependencies.Time.CreateTimer(
            _ => outOfTime.Cancel(),
            null,
            dependencies.BaseOptions.ShutdownDeadline,
            Timeout.InfiniteTimeSpan
        );
        await using (timer.ConfigureAwait(false))
        using (cancellationToken.Register(() => GiveUp(outOfTime)))
        {
            dependencies.Handlers.BeginStop();
            await EndAsync(drains: true, outOfTime.Token).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        dependencies.Handlers.StopRetrying();
        using (var timeout = new CancellationTokenSource(DisposeTimeout))
        using (timeout.Token.Register(dependencies.Handlers.StopWaiting))
        {
            await EndAsync(drains: false, new CancellationToken(canceled: true)).ConfigureAwait(false);
        }

        worker.Dispose();
        dependencies.Handlers.Dispose();
    }

    public void Dispose()
    {
        Task.Run(async () => await DisposeAsync().ConfigureAwait(false)).Wait(DisposeTimeout);
    }

    /// <summary>
    /// Ends the queue once. A concurrent stop or disposal waits, because the host would release what the first one needs.
    /// </summary>
    private async Task EndAsync(bool drains, CancellationToken shutdownDeadline)
    {
        int before = Interlocked.Exchange(ref state, (int)State.Ended);
        if (before == (int)State.Ended)
        {
            await ended.Task.ConfigureAwait(false);
            return;
        }

        try
        {
            await EndAsync(before, drains, shutdownDeadline).ConfigureAwait(false);
        }
        finally
        {
            ended.SetResult();
        }
    }

    private async Task EndAsync(int before, bool drains, CancellationToken shutdownDeadline)
    {
        close();
        if (before == (int)State.Started)
        {
            await worker.StopAsync(drains, shutdownDeadline).ConfigureAwait(false);
        }

        flushes.Close();
        int remaining = await releaseAsync().ConfigureAwait(false);
        dependencies.Log.Stopped(remaining, isDurable);
    }

    /// <summary>Called when the host's shutdown token fires.</summary>
    private void GiveUp(CancellationTokenSource outOfTime)
    {
        outOfTime.Cancel();
        dependencies.Handlers.StopWaiting();
    }
}
