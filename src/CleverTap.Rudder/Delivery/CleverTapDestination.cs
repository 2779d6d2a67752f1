using CleverTap.Rudder.Internal.Delivery.Engine;

namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>Transforms events, submits their records to the engine and reports one outcome for each event.</summary>
internal sealed class CleverTapDestination : ICleverTapDestination, IDeliveryTarget, IDisposable
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
        EventHooks? hooks = null
    )
    {
        this.client = client;
        this.options = options;
        this.monitor = monitor;
        intake = new EventIntake(options, hooks ?? EventHooks.None, time);
        engine = new DeliveryEngine(client, options, monitor, time, random);
        Accounts = [this];
    }

    public CleverTapOptions Options => options;

    public DeliveryEngine Engine => engine;

    public EventIntake Intake => intake;

    /// <summary>Returns the queues in front of the destination. It is a function because a queue is created with its destination.</summary>
    public Func<IEnumerable<IUserEvents>> Queues { get; init; } = () => [];

    public IReadOnlyList<CleverTapDestination> Accounts { get; }

    public DateTimeOffset Now => intake.Now;

    public DeduplicationWindow DeduplicationWindow => options.DeduplicationWindow;

    public Task<DeliveryReport> SendAsync(IReadOnlyList<RudderEvent> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        return SendCall.SendAsync(this, events, cancellationToken);
    }

    public IAsyncEnumerable<EventOutcome> SendAsync(IAsyncEnumerable<RudderEvent> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        return SendCall.SendAsync(this, events, cancellationToken);
    }

    public async Task<CleverTapResponse> DeleteUsersAsync(IEnumerable<string> userIds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(userIds);
        string[] ids = [.. userIds];
        if (CleverTapClient.FindEmptyId(ids) is { } error)
        {
            return error;
        }

        var users = new UserSet(ids);
        await Queues().RemoveAsync(users, cancellationToken).ConfigureAwait(false);
        await engine.RemoveAsync(users).WaitAsync(cancellationToken).ConfigureAwait(false);
        intake.Forget(ids.ToHashSet());
        return await CallAsync(http => http.DeleteProfilesAsync(ids, cancellationToken)).ConfigureAwait(false);
    }

    public Task<CleverTapResponse> DeleteUsersByCleverTapIdAsync(
        IEnumerable<string> cleverTapIds,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(cleverTapIds);
        return CallAsync(http => http.DeleteProfilesByCleverTapIdAsync(cleverTapIds, cancellationToken));
    }

    public TransformResult? Route(ref RudderEvent? rudderEvent, out int account)
    {
        account = 0;
        return null;
    }

    public RudderEvent WithArrivalTime(RudderEvent rudderEvent, DateTimeOffset arrived) => intake.WithArrivalTime(rudderEvent, arrived);

    public EventOutcome CreateUnreadableOutcome(EventError error) => Outcome.FromUnreadable(error, options.Mapping);

    /// <summary>Reports the outcomes of events that are not sent.</summary>
    public void Report(IReadOnlyList<EventOutcome> outcomes)
    {
        if (outcomes.Count > 0)
        {
            monitor.Report(outcomes);
        }
    }

    public void Dispose() => engine.Dispose();

    /// <summary>
    /// Creates the client and calls it. Creating it runs code of the host, which may throw: its options may be invalid now.
    /// </summary>
    private Task<CleverTapResponse> CallAsync(Func<CleverTapClient, Task<CleverTapResponse>> call)
    {
        CleverTapClient created;
        try
        {
            created = client();
        }
        catch (Exception exception)
        {
            return Task.FromResult(CleverTapResponse.NotSent(exception));
        }

        return call(created);
    }
}
