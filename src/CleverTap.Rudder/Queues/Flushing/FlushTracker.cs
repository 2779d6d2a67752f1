namespace CleverTap.Rudder.Internal.Queues;

/// <summary>Completes a flush when each event that was enqueued before it has its final outcome. Thread-safe.</summary>
internal sealed class FlushTracker(TimeProvider time)
{
    private readonly object gate = new();
    private readonly LowWaterMark mark = new();
    private readonly ArrivalTimes arrivals = new();
    private readonly List<(long Target, TaskCompletionSource<bool> Done)> waiting = [];
    private bool isClosed;

    /// <summary>Whether a flush waits, so that events are delivered without waiting for more.</summary>
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

    /// <summary>The age of the oldest event without a final outcome; zero if each event has one.</summary>
    public TimeSpan OldestAge => mark.OldestAge(arrivals, time.GetUtcNow());

    /// <summary>Called when an event was enqueued, before it can be read and settled.</summary>
    public void Enqueued(long number)
    {
        arrivals.Add(number, time.GetUtcNow());
        mark.Add(number);
    }

    /// <summary>Called when events have their final outcome.</summary>
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

    /// <summary>Waits until each event that was enqueued so far has its final outcome.</summary>
    /// <param name="requested">Called when the flush waits.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>False if the token fired, CleverTap refuses the credentials, or the queue ended.</returns>
    public Task<bool> FlushAsync(Action requested, CancellationToken cancellationToken) =>
        WaitAsync(() => mark.Count == 0 ? null : mark.Last, requested, cancellationToken);

    /// <summary>
    /// Makes workers deliver without waiting for more events, for a queue that detects itself when all events are settled.
    /// </summary>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>A task that completes when the token fires, CleverTap refuses the credentials, or the queue ends.</returns>
    public Task RequestAsync(CancellationToken cancellationToken) => WaitAsync(() => long.MaxValue, () => { }, cancellationToken);

    /// <summary>Ends the waiting flushes with false, because the events will not be delivered soon.</summary>
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

    /// <summary>Ends the waiting flushes and all later ones with false, because no more events are settled.</summary>
    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
        }

        Fail();
    }

    /// <summary>Waits until the target number is settled; returns true at once if the target is null.</summary>
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
