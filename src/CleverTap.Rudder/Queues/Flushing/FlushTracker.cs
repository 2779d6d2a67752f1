namespace CleverTap.Rudder.Internal.Queues;

/// <summary>Knows when every event that was enqueued before a flush has its final outcome, and the age of the oldest. Thread-safe.</summary>
internal sealed class FlushTracker(TimeProvider time)
{
    private readonly object gate = new();
    private readonly LowWaterMark mark = new();
    private readonly ArrivalTimes arrivals = new();
    private readonly List<(long Target, TaskCompletionSource<bool> Done)> waiting = [];
    private bool isClosed;

    /// <summary>Whether somebody waits: events are delivered without waiting for more.</summary>
    public bool IsRequested
    {
        get
        {
            lock (gate)
            {
                return waiting.Count > 0;
            }
        }
    }

    /// <summary>How long ago the oldest event without a final outcome was enqueued; zero if there is none.</summary>
    public TimeSpan OldestAge => mark.OldestAge(arrivals, time.GetUtcNow());

    /// <summary>An event is in the queue, before anybody can settle it.</summary>
    public void Enqueued(long number)
    {
        arrivals.Add(number, time.GetUtcNow());
        mark.Add(number);
    }

    /// <summary>Events have their final outcome.</summary>
    public void Settled(IEnumerable<long> numbers)
    {
        if (mark.Count == 0)
        {
            return;
        }

        mark.Settle(numbers);
        lock (gate)
        {
            long position = mark.Position;
            waiting.RemoveAll(flush => flush.Target <= position && Complete(flush.Done, true));
        }
    }

    /// <summary>Waits for what was enqueued so far.</summary>
    /// <param name="requested">Called once somebody waits.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>False if that does not happen: the token fired, the credentials are refused, or the queue ended.</returns>
    public Task<bool> FlushAsync(Action requested, CancellationToken cancellationToken) =>
        WaitAsync(() => mark.Count == 0 ? null : mark.Last, requested, cancellationToken);

    /// <summary>Makes workers deliver without waiting for more, for a queue that knows by itself when all is settled.</summary>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>Ends when that does not happen any more: the token fired, the credentials are refused, or the queue ended.</returns>
    public Task RequestAsync(CancellationToken cancellationToken) => WaitAsync(() => long.MaxValue, () => { }, cancellationToken);

    /// <summary>What waits now will not be delivered soon.</summary>
    public void Fail()
    {
        lock (gate)
        {
            foreach ((_, TaskCompletionSource<bool> done) in waiting)
            {
                done.TrySetResult(false);
            }

            waiting.Clear();
        }
    }

    /// <summary>Nothing is settled any more.</summary>
    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
        }

        Fail();
    }

    /// <summary>Waits until the target, if there is one, is settled.</summary>
    private async Task<bool> WaitAsync(Func<long?> target, Action requested, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (target() is not { } number)
            {
                return true;
            }

            if (isClosed)
            {
                return false;
            }

            waiting.Add((number, done));
        }

        requested();
        using (cancellationToken.Register(() => GiveUp(done)))
        {
            return await done.Task.ConfigureAwait(false);
        }
    }

    private void GiveUp(TaskCompletionSource<bool> done)
    {
        lock (gate)
        {
            waiting.RemoveAll(flush => flush.Done == done);
        }

        done.TrySetResult(false);
    }

    private static bool Complete(TaskCompletionSource<bool> done, bool result)
    {
        done.TrySetResult(result);
        return true;
    }
}
