namespace CleverTap.Rudder;

/// <summary>
/// How many uploads may be under way at once: never more than the cap; halved when CleverTap says that there were too
/// many (429), and grown by one for each full round of answers without that. Thread-safe.
/// </summary>
internal sealed class InFlightLimit(int cap)
{
    private readonly object gate = new();
    private readonly Queue<TaskCompletionSource> waiting = new();
    private double limit = cap;
    private int inFlight;

    public int InFlight
    {
        get
        {
            lock (gate) return inFlight;
        }
    }

    /// <summary>How many may be under way now.</summary>
    public int Current
    {
        get
        {
            lock (gate) return (int)limit;
        }
    }

    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource turn;
        lock (gate)
        {
            if (inFlight < (int)limit)
            {
                inFlight++;
                return;
            }

            waiting.Enqueue(turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        using (cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken))) await turn.Task.ConfigureAwait(false);
    }

    /// <summary>An upload is over.</summary>
    /// <param name="throttled">Whether CleverTap answered 429.</param>
    public void Leave(bool throttled)
    {
        lock (gate)
        {
            inFlight--;
            limit = throttled ? Math.Max(1, Math.Floor(limit / 2)) : Math.Min(cap, limit + (1 / limit));
            while (inFlight < (int)limit && waiting.TryDequeue(out TaskCompletionSource? turn))
            {
                if (turn.TrySetResult()) inFlight++;
            }
        }
    }
}
