namespace CleverTap.Rudder.Internal.Queues;

/// <summary>Decides how long to wait before failed handlers are called again, and which attempt is the last. Thread-safe.</summary>
internal sealed class HandlerRetryPolicy : IDisposable
{
    /// <summary>The longest delay before the last attempt while the queue stops, so that the stop does not wait for its deadline.</summary>
    private static readonly TimeSpan MaxStopDelay = TimeSpan.FromSeconds(1);

    private readonly Func<int, TimeSpan> delay;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource ended = new();

    // Handlers are called after the disposal too, for events that are enqueued then. A disposed source gives no token.
    private readonly CancellationToken stoppingToken;
    private readonly CancellationToken endedToken;

    /// <param name="delay">Returns the delay after a number of failed attempts.</param>
    /// <param name="time">The clock.</param>
    public HandlerRetryPolicy(Func<int, TimeSpan> delay, TimeProvider time)
    {
        this.delay = delay;
        this.time = time;
        stoppingToken = stopping.Token;
        endedToken = ended.Token;
    }

    /// <summary>Whether failed handlers are not called again.</summary>
    public bool IsEnded => endedToken.IsCancellationRequested;

    /// <summary>Allows one more attempt for each event; events that wait for a retry get it now.</summary>
    public void BeginStop()
    {
        if (!stoppingToken.IsCancellationRequested && !endedToken.IsCancellationRequested)
        {
            stopping.Cancel();
        }
    }

    /// <summary>Allows no more attempts.</summary>
    public void End()
    {
        if (!endedToken.IsCancellationRequested)
        {
            ended.Cancel();
        }
    }

    /// <summary>Waits before the next attempt.</summary>
    /// <param name="attempts">The number of attempts so far.</param>
    /// <param name="end">Ends the attempts of one worker.</param>
    /// <returns>Whether another attempt is made, and whether it is the last one.</returns>
    public async Task<(bool IsAllowed, bool IsLast)> WaitAsync(int attempts, CancellationToken end)
    {
        bool hasStopBegun = stoppingToken.IsCancellationRequested;
        TimeSpan wait = delay(attempts);
        wait = hasStopBegun && wait > MaxStopDelay ? MaxStopDelay : wait;
        CancellationToken wake = hasStopBegun ? CancellationToken.None : stoppingToken;
        using var interrupted = CancellationTokenSource.CreateLinkedTokenSource(end, endedToken, wake);
        await Task.Delay(wait, time, interrupted.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return (!end.IsCancellationRequested && !IsEnded, stoppingToken.IsCancellationRequested);
    }

    public void Dispose()
    {
        End();
        stopping.Dispose();
        ended.Dispose();
    }
}
