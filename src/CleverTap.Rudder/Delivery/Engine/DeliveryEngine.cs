using CleverTap.Rudder.Internal.Client;

namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>
/// Delivers continuously what calls and queues submit: starts an upload whenever <see cref="DeliveryState"/> has one, and hands its
/// response back. Everything is decided there; this only sends, waits and calls back.
/// </summary>
internal sealed class DeliveryEngine : IDisposable
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

    /// <summary>Registers a source of events. False if the engine is disposed.</summary>
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

    /// <summary>Takes events in. Those of a source that has ended get their outcome at once.</summary>
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

    /// <summary>Ends a source: its pending events get this outcome.</summary>
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

    /// <summary>How many uploads are in flight.</summary>
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

    /// <summary>Whether CleverTap does not respond or refuses the credentials, so that nothing is sent for some time.</summary>
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

    /// <summary>What waits before a retry, in queues, is attempted now: once, whatever it waits for.</summary>
    public void RetryNow()
    {
        lock (gate)
        {
            state.RetryNow(Now);
            Pump(Now);
        }
    }

    /// <summary>Users' events that are not in flight are filtered.</summary>
    /// <returns>Ends when those in flight have their outcome.</returns>
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

    /// <summary>Lets what is in flight finish; the other events of the source get this outcome now, and those in flight if they fail.</summary>
    public void Withdraw(DeliverySource source, DeliveryFailure failure)
    {
        List<EventCompletion> completed;
        lock (gate)
        {
            completed = state.Withdraw(source, failure);
        }

        Deliver(completed);
    }

    /// <summary>Ends everything: no upload starts any more, those in flight are cancelled, and every pending event gets its outcome.</summary>
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

    /// <summary>Starts what may start, and sets the timer for the rest.</summary>
    private void Pump(TimeSpan now)
    {
        if (isDisposed)
        {
            return;
        }

        while (state.Next(now) is { } upload)
        {
            _ = Task.Run(() => RunAsync(upload));
        }

        SetTimer(now);
    }

    private void SetTimer(TimeSpan now)
    {
        TimeSpan due = state.NextWake(now) ?? TimeSpan.MaxValue;
        if (due == timerDue)
        {
            return;
        }

        timer?.Dispose();
        timerDue = due;
        TimeSpan wait = due - now;
        timer =
            due == TimeSpan.MaxValue
                ? null
                : time.CreateTimer(_ => Wake(), null, wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private void Wake()
    {
        List<EventCompletion> expired;
        lock (gate)
        {
            if (isDisposed)
            {
                return;
            }

            timerDue = TimeSpan.MaxValue;
            expired = state.Expire(Now);
            Pump(Now);
        }

        Deliver(expired);
    }

    private async Task RunAsync(Upload upload)
    {
        CleverTapResponse? response = await SendAsync(upload).ConfigureAwait(false);
        UploadResult result;
        DeliverySource[] heldUp;
        bool isUnauthorized;
        lock (gate)
        {
            result = state.Complete(upload, response, Now);
            isUnauthorized = state.IsUnauthorized;
            heldUp = state.IsPaused(Now) ? state.Sources() : [];
            Pump(Now);
        }

        if (response is not null && result.Delay is { } delay)
        {
            monitor.Retrying(upload.Count, response, delay);
        }

        Deliver(result.Completed);
        foreach (DeliverySource source in heldUp)
        {
            source.OnPaused?.Invoke(isUnauthorized);
        }
    }

    /// <summary>The response; null if the call was cancelled. A host's handlers, loggers and listeners may throw: the upload ends all the same.</summary>
    private async Task<CleverTapResponse?> SendAsync(Upload upload)
    {
        DeliveryMonitor.UploadInFlight inFlight = monitor.Start(upload.Count);
        CleverTapResponse? response = null;
        try
        {
            CleverTapRecord[] records = [.. upload.Records.Select(record => record.Record)];
            response = await client().UploadAsync(records, options.DryRun, upload.Cancellation.Token).ConfigureAwait(false);
            if (RetryPolicy.IsPerRecord(response.Status) && !ResponseEvaluator.IsConsistent(response, records))
            {
                response = response with { Status = ResponseStatus.Unreadable, Error = "CleverTap's response does not cover every record" };
            }
        }
        catch (OperationCanceledException) when (upload.Cancellation.IsCancellationRequested)
        {
            response = null;
        }
        catch (Exception exception)
        {
            // Creating the client runs the host's code: options that became invalid, a provider that is disposed.
            response = new CleverTapResponse
            {
                Status = ResponseStatus.NotConnected,
                Error = $"The upload could not be sent: {exception.GetType().Name}",
            };
        }

        monitor.End(inFlight, response);
        return response;
    }

    /// <summary>Calls back outside the lock.</summary>
    private void Deliver(List<EventCompletion> completed)
    {
        if (completed.Count == 0)
        {
            return;
        }

        monitor.Report(completed.Select(completion => completion.Outcome));
        foreach (EventCompletion completion in completed)
        {
            completion.Event.Source.Complete(completion);
        }
    }
}
