using CleverTap.Rudder.Internal.Delivery;

namespace CleverTap.Rudder.Internal.Queues;

/// <summary>
/// How a queue with one worker starts and ends: a stop delivers what it can, a disposal without a stop and a queue that was never
/// started leave nothing without an outcome, and one log line says what is left.
/// </summary>
/// <param name="parts">What the queue is made of.</param>
/// <param name="worker">Its worker.</param>
/// <param name="flushes">Who waits for it.</param>
/// <param name="close">Lets the store take no more events.</param>
/// <param name="leftAsync">Gives what is left its outcome, or leaves it in the store; returns how many events that are.</param>
internal sealed class QueueLifetime(QueueDependencies parts, IQueueWorker worker, FlushTracker flushes, Action close, Func<Task<int>> leftAsync)
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

    /// <summary>A queue that is not started delivers nothing.</summary>
    public Task<bool> FlushAsync(CancellationToken cancellationToken) =>
        state == (int)State.New ? Task.FromResult(false) : flushes.FlushAsync(worker.RetryNow, cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var outOfTime = new CancellationTokenSource();
        ITimer timer = parts.Time.CreateTimer(_ => outOfTime.Cancel(), null, parts.BaseOptions.ShutdownDeadline, Timeout.InfiniteTimeSpan);
        await using (timer.ConfigureAwait(false))
        using (cancellationToken.Register(() => GiveUp(outOfTime)))
        {
            await EndAsync(drains: true, outOfTime.Token).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        parts.Handlers.StopRetrying();
        using (var timeout = new CancellationTokenSource(DisposeTimeout))
        using (timeout.Token.Register(parts.Handlers.StopWaiting))
        {
            await EndAsync(drains: false, new CancellationToken(canceled: true)).ConfigureAwait(false);
        }

        worker.Dispose();
        parts.Handlers.Dispose();
    }

    public void Dispose()
    {
        Task.Run(async () => await DisposeAsync().ConfigureAwait(false)).Wait(DisposeTimeout);
    }

    /// <summary>Ends the queue once. Whoever stops or disposes it meanwhile waits, or the host would take away what the first needs.</summary>
    private async Task EndAsync(bool drains, CancellationToken outOfTime)
    {
        int before = Interlocked.Exchange(ref state, (int)State.Ended);
        if (before == (int)State.Ended)
        {
            await ended.Task.ConfigureAwait(false);
            return;
        }

        try
        {
            await EndAsync(before, drains, outOfTime).ConfigureAwait(false);
        }
        finally
        {
            ended.SetResult();
        }
    }

    private async Task EndAsync(int before, bool drains, CancellationToken outOfTime)
    {
        close();
        if (before == (int)State.Started)
        {
            await worker.StopAsync(drains, outOfTime).ConfigureAwait(false);
        }

        flushes.Close();
        int left = await leftAsync().ConfigureAwait(false);
        parts.Log.Stopped(left);
    }

    /// <summary>Called when the host's shutdown token fires.</summary>
    private void GiveUp(CancellationTokenSource outOfTime)
    {
        outOfTime.Cancel();
        parts.Handlers.StopWaiting();
    }
}
