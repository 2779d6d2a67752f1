namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>
/// Delivers the events that calls and queues submit. It starts an upload whenever <see cref="DeliveryState"/> has one, and passes the
/// response back. The state makes all decisions; the engine sends, waits and calls back. Thread-safe.
/// </summary>
internal sealed partial class DeliveryEngine : IDisposable
{
    private readonly object gate = new();
    private readonly DeliveryState state;
    private readonly Func<CleverTapClient> client;
    private readonly CleverTapOptions options;
    private readonly DeliveryMonitor monitor;
    private readonly TimeProvider time;
    private readonly long started;
    private ITimer? timer;
    private TimeSpan timerDue = TimeSpan.MaxValue;
    private bool isDisposed;

    public DeliveryEngine(
        Func<CleverTapClient> client,
        CleverTapOptions options,
        DeliveryMonitor monitor,
        TimeProvider time,
        Func<double> random
    )
    {
        this.client = client;
        this.options = options;
        this.monitor = monitor;
        this.time = time;
        started = time.GetTimestamp();
        state = new DeliveryState(options, random);
    }

    /// <summary>The time since the engine's start.</summary>
    public TimeSpan Now => time.GetElapsedTime(started);

    /// <summary>Registers a source of events. Returns false if the engine is disposed.</summary>
    public bool Open(DeliverySource source)
    {
        lock (gate)
        {
            if (isDisposed)
            {
                source.EndedBy = DeliveryFailure.Stopped;
                return false;
            }

            state.Open(source, Now);
            return true;
        }
    }

    /// <summary>Submits events. Those of a source that has ended get their outcome at once.</summary>
    public void Submit(IReadOnlyList<PendingEvent> events)
    {
        List<EventCompletion> rejected = [];
        lock (gate)
        {
            TimeSpan now = Now;
            foreach (PendingEvent rudderEvent in events)
            {
                if (rudderEvent.Source.EndedBy is { } failure)
                {
                    rudderEvent.Fail(failure, rejected);
                }
                else
                {
                    state.Submit(rudderEvent, now);
                }
            }

            Pump(now);
        }

        Deliver(rejected);
    }

    /// <summary>Ends a source: all its pending events get this outcome.</summary>
    public void End(DeliverySource source, DeliveryFailure failure)
    {
        List<EventCompletion> completed;
        lock (gate)
        {
            completed = state.End(source, failure);
            state.Close(source);
            Pump(Now);
        }

        Deliver(completed);
    }

    /// <summary>The number of uploads in flight.</summary>
    public int InFlight
    {
        get
        {
            lock (gate)
            {
                return state.InFlight.Count;
            }
        }
    }

    /// <summary>Whether CleverTap refuses the credentials.</summary>
    public bool IsUnauthorized
    {
        get
        {
            lock (gate)
            {
                return state.IsUnauthorized;
            }
        }
    }

    /// <summary>Whether sending is paused, because CleverTap does not respond or refuses the credentials.</summary>
    public bool IsPaused
    {
        get
        {
            lock (gate)
            {
                return state.IsPaused(Now);
            }
        }
    }

    /// <summary>The number of pending events if each of their users fails, so that other users are needed; otherwise 0.</summary>
    /// <remarks>
    /// Read without the lock, because it is read often. <see cref="DeliverySource.OnPaused"/> follows an increase after an upload.
    /// </remarks>
    public int StuckEvents => state.StuckEvents;

    /// <summary>Retries the waiting events of queues now, once.</summary>
    public void RetryNow()
    {
        lock (gate)
        {
            state.RetryNow(Now);
            Pump(Now);
        }
    }

    /// <summary>Filters the events of users that are not in flight.</summary>
    /// <returns>A task that completes when those in flight have their outcome.</returns>
    public Task RemoveAsync(UserSet users)
    {
        List<EventCompletion> completed;
        Task[] inFlight;
        lock (gate)
        {
            (completed, List<PendingEvent> sent) = state.Remove(users);
            inFlight = [.. sent.Select(pending => pending.WhenFinal())];
            Pump(Now);
        }

        Deliver(completed);
        return Task.WhenAll(inFlight);
    }

    /// <summary>Ends a source: events that are not in flight get this outcome now, those in flight get it if they fail.</summary>
    public void Withdraw(DeliverySource source, DeliveryFailure failure)
    {
        List<EventCompletion> completed;
        lock (gate)
        {
            completed = state.Withdraw(source, failure);
        }

        Deliver(completed);
    }

    /// <summary>Ends the engine: cancels the uploads in flight, starts no more, and gives each pending event its outcome.</summary>
    public void Dispose()
    {
        List<EventCompletion> completed = [];
        lock (gate)
        {
            if (isDisposed)
            {
                return;
            }

            isDisposed = true;
            timer?.Dispose();
            completed.AddRange(state.EndAll(DeliveryFailure.Stopped));
        }

        Deliver(completed);
    }
}
