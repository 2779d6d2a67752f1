namespace CleverTap.Rudder;

/// <summary>Transforms events, submits their records to the engine and reports one outcome for each.</summary>
internal sealed class CleverTapDestination : ICleverTapDestination, IDisposable
{
    private readonly CleverTapOptions options;
    private readonly DeliveryMonitor monitor;
    private readonly Func<CleverTapClient> client;
    private readonly EventIntake intake;
    private readonly DeliveryEngine engine;

    public CleverTapDestination(
        Func<CleverTapClient> client,
        CleverTapOptions options,
        DeliveryMonitor monitor,
        TimeProvider time,
        Func<double> random,
        EventHooks? hooks = null)
    {
        this.client = client;
        this.options = options;
        this.monitor = monitor;
        intake = new EventIntake(options, hooks ?? EventHooks.None, time);
        engine = new DeliveryEngine(client, options, monitor, time, random);
    }

    public DeliveryEngine Engine => engine;

    public EventIntake Intake => intake;

    /// <summary>The queues in front of the destination; asked for when users are deleted, because a queue is made from its destination.</summary>
    public Func<IEnumerable<IUserEvents>> Queues { get; init; } = () => [];

    public DeduplicationWindow DeduplicationWindow => options.DeduplicationWindow;

    public async Task<DeliveryReport> SendAsync(IReadOnlyList<RudderEvent> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        DateTimeOffset arrived = intake.Now;
        var outcomes = new EventOutcome[events.Count];
        SendOperation operation = new(this, options, outcome => outcomes[outcome.Index] = outcome, maxWindowsAhead: null, cancellationToken);
        await using (operation.ConfigureAwait(false))
        {
            for (int index = 0; index < events.Count;)
            {
                int count = Math.Min(events.Count - index, await operation.RoomAsync().ConfigureAwait(false));
                operation.Add(Slice(events, index, count, arrived));
                index += count;
            }

            await operation.CompleteAsync().ConfigureAwait(false);
        }

        return new DeliveryReport(outcomes);
    }

    public IAsyncEnumerable<EventOutcome> SendAsync(IAsyncEnumerable<RudderEvent> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        return EventStream.SendAsync(this, options, events, cancellationToken);
    }

    public async Task<CleverTapResponse> DeleteUsersAsync(IEnumerable<string> userIds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(userIds);
        string[] ids = [.. userIds];
        var users = new UserSet(ids);
        cancellationToken.ThrowIfCancellationRequested();
        foreach (IUserEvents queue in Queues())
        {
            await queue.RemoveAsync(users, cancellationToken).ConfigureAwait(false);
        }

        await engine.RemoveAsync(users).WaitAsync(cancellationToken).ConfigureAwait(false);
        return await CallAsync(http => http.DeleteProfilesAsync(ids, cancellationToken)).ConfigureAwait(false);
    }

    public Task<CleverTapResponse> DeleteUsersByCleverTapIdAsync(
        IEnumerable<string> cleverTapIds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cleverTapIds);
        return CallAsync(http => http.DeleteProfilesByCleverTapIdAsync(cleverTapIds, cancellationToken));
    }

    /// <summary>How many events a queue reads ahead: as many as fill the uploads in flight, and the next ones.</summary>
    public int WindowFor(int flushSize) => 2 * Math.Max(flushSize, options.MaxBatchRecords * options.MaxInFlight);

    /// <summary>How long to wait after so many failed attempts of what is not an upload; never zero.</summary>
    public TimeSpan RetryDelay(int attempt)
    {
        TimeSpan delay = RetryPolicy.Delay(attempt, retryAfter: null, options, random: 1);
        return delay > TimeSpan.FromMilliseconds(1) ? delay : TimeSpan.FromMilliseconds(1);
    }

    /// <summary>Reports the outcomes of events that are not sent.</summary>
    public void Report(IReadOnlyList<EventOutcome> outcomes)
    {
        if (outcomes.Count > 0)
        {
            monitor.Report(outcomes);
        }
    }

    public void Dispose() => engine.Dispose();

    /// <summary>Creating the client runs the host's code: options that became invalid, a provider that is disposed.</summary>
    private Task<CleverTapResponse> CallAsync(Func<CleverTapClient, Task<CleverTapResponse>> call)
    {
        CleverTapClient created;
        try
        {
            created = client();
        }
        catch (Exception exception)
        {
            string error = $"The request could not be sent: {exception.GetType().Name}";
            return Task.FromResult(new CleverTapResponse { Status = ResponseStatus.NotConnected, Error = error });
        }

        return call(created);
    }

    private IEnumerable<RudderEvent> Slice(IReadOnlyList<RudderEvent> events, int start, int count, DateTimeOffset arrived)
    {
        for (int index = start; index < start + count; index++)
        {
            yield return intake.Arrived(events[index], arrived);
        }
    }
}
