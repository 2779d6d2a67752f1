using CleverTap.Rudder.Internal.Delivery.Engine;

namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>
/// One call of SendAsync. It submits a bounded number of events to the engines at a time, and releases their outcomes as they are known.
/// Its deadline, attempts and cancellation apply to all its events.
/// </summary>
internal sealed class SendOperation : IAsyncDisposable
{
    private readonly object gate = new();
    private readonly Action<EventOutcome> release;
    private readonly AccountSources sources;
    private readonly int window;
    private readonly int batch;
    private readonly long maxUnreadOutcomes;
    private readonly CancellationTokenRegistration cancelled;
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? capacityAvailable;
    private long submitted;
    private long completed;
    private long readOutcomes;
    private bool isComplete;
    private bool isAbandoned;

    /// <param name="target">The target of the events.</param>
    /// <param name="release">Called with each outcome, from any thread and in any order. It must not throw.</param>
    /// <param name="maxWindowsAhead">The maximum number of unread outcomes, in windows; null if the caller reads all at once.</param>
    /// <param name="cancellationToken">Ends the call; pending events become Undelivered.</param>
    public SendOperation(IDeliveryTarget target, Action<EventOutcome> release, int? maxWindowsAhead, CancellationToken cancellationToken)
    {
        this.release = release;
        batch = target.Accounts.Max(account => account.Options.MaxBatchRecords);
        window = target.WindowFor(flushSize: 0);
        maxUnreadOutcomes = maxWindowsAhead is { } windows ? (long)windows * window : long.MaxValue;
        sources = new AccountSources(
            target,
            completion => Release(completion.Outcome),
            (account, completed) =>
                new DeliverySource(completed)
                {
                    MaxAttempts = account.Options.MaxAttempts,
                    Deadline = account.Engine.Now + account.Options.Deadline,
                    OnPaused = OnPaused,
                }
        );
        sources.Open();
        cancelled = cancellationToken.Register(() => sources.End(DeliveryFailure.Cancelled));
    }

    /// <summary>Waits until more events may be submitted.</summary>
    /// <returns>The number of events; 0 if the caller reads no more outcomes.</returns>
    public async ValueTask<int> WaitForCapacityAsync()
    {
        while (true)
        {
            Task waiting;
            lock (gate)
            {
                if (isAbandoned)
                {
                    return 0;
                }

                if (HasCapacity())
                {
                    return FreeCapacity;
                }

                capacityAvailable ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                waiting = capacityAvailable.Task;
            }

            await waiting.ConfigureAwait(false);
        }
    }

    /// <summary>Maps events and submits them in batches of one upload, so that the first upload starts while others are mapped.</summary>
    /// <param name="count">The number of events.</param>
    /// <param name="eventAt">Returns the event at an index, counted from 0.</param>
    public void Add(int count, Func<int, RudderEvent> eventAt)
    {
        List<PendingEvent> pending = new(Math.Min(count, batch));
        List<PreparedEvent> final = [];
        long first = CountSubmitted(count);
        int records = 0;
        for (int index = 0; index < count; index++)
        {
            PreparedEvent prepared = sources.Prepare(first + index, eventAt(index));
            if (prepared.Pending is not { } sent)
            {
                final.Add(prepared);
                continue;
            }

            if (records + sent.Records.Count > batch)
            {
                sources.Submit(pending);
                pending.Clear();
                records = 0;
            }

            pending.Add(sent);
            records += sent.Records.Count;
        }

        AccountSources.Report(final);
        sources.Submit(pending);
        foreach (PreparedEvent prepared in final)
        {
            Release(prepared.Outcome!);
        }
    }

    /// <summary>Called after the last event. Returns a task that completes when each event has its outcome.</summary>
    public Task CompleteAsync()
    {
        lock (gate)
        {
            isComplete = true;
            SignalDone();
        }

        return done.Task;
    }

    /// <summary>Called when the caller has read an outcome.</summary>
    public void CountReadOutcome()
    {
        lock (gate)
        {
            readOutcomes++;
            SignalCapacity();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await cancelled.DisposeAsync().ConfigureAwait(false);
        lock (gate)
        {
            isAbandoned = true;
            capacityAvailable?.TrySetResult();
        }

        sources.End(DeliveryFailure.Cancelled);
    }

    /// <summary>Counts events as submitted. Returns the index of the first.</summary>
    private long CountSubmitted(int count)
    {
        lock (gate)
        {
            submitted += count;
            return submitted - count;
        }
    }

    /// <summary>Called when an account is paused or users are stuck, so that events of other accounts or users are read.</summary>
    private void OnPaused(bool areCredentialsRefused)
    {
        lock (gate)
        {
            SignalCapacity();
        }
    }

    private void Release(EventOutcome outcome)
    {
        release(outcome);
        lock (gate)
        {
            completed++;
            SignalCapacity();
            SignalDone();
        }
    }

    private int FreeCapacity => Math.Min(window, sources.Capacity(window, submitted - completed, enough: batch));

    /// <summary>Whether a batch fits into the window, and the number of unread outcomes is within the limit.</summary>
    private bool HasCapacity() => FreeCapacity >= batch && submitted - readOutcomes < maxUnreadOutcomes;

    private void SignalCapacity()
    {
        if (capacityAvailable is not null && HasCapacity())
        {
            capacityAvailable.TrySetResult();
            capacityAvailable = null;
        }
    }

    private void SignalDone()
    {
        if (isComplete && completed == submitted)
        {
            done.TrySetResult();
        }
    }
}
