namespace CleverTap.Rudder;

/// <summary>
/// One call of SendAsync: submits its events to the engine, a bounded number at a time, and releases their outcomes as they are known.
/// Its deadline, its attempts and its end hold for all of them.
/// </summary>
internal sealed class SendOperation : IAsyncDisposable
{
    private readonly object gate = new();
    private readonly CleverTapDestination destination;
    private readonly Action<EventOutcome> release;
    private readonly DeliverySource source;
    private readonly int window;
    private readonly int batch;
    private readonly long maxUntaken;
    private readonly CancellationTokenRegistration cancelled;
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? room;
    private long submitted;
    private long completed;
    private long taken;
    private bool isComplete;
    private bool isAbandoned;

    /// <param name="destination">What delivers the events.</param>
    /// <param name="options">The limits of the call.</param>
    /// <param name="release">Gets each outcome, from any thread and in any order. It must not throw.</param>
    /// <param name="maxWindowsAhead">How many outcomes the caller may leave untaken, in windows; null if it takes all at once.</param>
    /// <param name="cancellationToken">Ends the call; what is pending is Undelivered then.</param>
    public SendOperation(
        CleverTapDestination destination,
        CleverTapOptions options,
        Action<EventOutcome> release,
        int? maxWindowsAhead,
        CancellationToken cancellationToken)
    {
        this.destination = destination;
        this.release = release;
        batch = options.MaxBatchRecords;
        window = 2 * options.MaxBatchRecords * options.MaxInFlight;
        maxUntaken = maxWindowsAhead is { } windows ? (long)windows * window : long.MaxValue;
        source = new DeliverySource(Completed)
        {
            MaxAttempts = options.MaxAttempts,
            Deadline = destination.Engine.Now + options.Deadline,
        };
        destination.Engine.Open(source);
        cancelled = cancellationToken.Register(() => destination.Engine.End(source, DeliveryFailure.Cancelled));
    }

    /// <summary>Waits until more events may be submitted.</summary>
    /// <returns>How many; 0 if the caller takes no outcomes any more.</returns>
    public async ValueTask<int> RoomAsync()
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

                if (HasRoom())
                {
                    return (int)(window - (submitted - completed));
                }

                room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                waiting = room.Task;
            }

            await waiting.ConfigureAwait(false);
        }
    }

    /// <summary>Maps events and submits those that are sent, an upload's worth at a time: the first is on its way while others are mapped.</summary>
    public void Add(IEnumerable<RudderEvent> events)
    {
        List<PendingEvent> pending = [];
        List<EventOutcome> final = [];
        int records = 0;
        foreach (RudderEvent rudderEvent in events)
        {
            if (destination.Intake.Prepare(source, NextIndex(), rudderEvent, out EventOutcome? outcome) is not { } prepared)
            {
                final.Add(outcome!);
                continue;
            }

            if (records + prepared.Records.Count > batch)
            {
                destination.Engine.Submit(pending);
                pending.Clear();
                records = 0;
            }

            pending.Add(prepared);
            records += prepared.Records.Count;
        }

        destination.Report(final);
        destination.Engine.Submit(pending);
        foreach (EventOutcome outcome in final)
        {
            Release(outcome);
        }
    }

    /// <summary>No more events follow. Ends when every event has its outcome.</summary>
    public Task CompleteAsync()
    {
        lock (gate)
        {
            isComplete = true;
            SignalDone();
        }

        return done.Task;
    }

    /// <summary>The caller has taken an outcome.</summary>
    public void Take()
    {
        lock (gate)
        {
            taken++;
            SignalRoom();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await cancelled.DisposeAsync().ConfigureAwait(false);
        lock (gate)
        {
            isAbandoned = true;
            room?.TrySetResult();
        }

        destination.Engine.End(source, DeliveryFailure.Cancelled);
    }

    private long NextIndex()
    {
        lock (gate)
        {
            return submitted++;
        }
    }

    private void Completed(EventCompletion completion)
    {
        destination.Intake.Completed(completion);
        Release(completion.Outcome);
    }

    private void Release(EventOutcome outcome)
    {
        release(outcome);
        lock (gate)
        {
            completed++;
            SignalRoom();
            SignalDone();
        }
    }

    /// <summary>Whether a batch fits among the events on their way, and the outcomes that wait for the caller are not too many.</summary>
    private bool HasRoom() => window - (submitted - completed) >= batch && submitted - taken < maxUntaken;

    private void SignalRoom()
    {
        if (room is not null && HasRoom())
        {
            room.TrySetResult();
            room = null;
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
