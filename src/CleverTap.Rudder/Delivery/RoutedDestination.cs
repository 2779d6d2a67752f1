using CleverTap.Rudder.Internal.Delivery.Engine;

namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>Sends each event to the destination that a route chooses.</summary>
internal sealed class RoutedDestination : ICleverTapDestination, IDeliveryTarget
{
    public const string NoDestinations =
        "AddCleverTapRouting has no destination to route to: add them with AddCleverTapDestination(\"eu\", …).";

    private readonly Func<RudderEvent, string?> route;
    private readonly EventHooks hooks;
    private readonly DeliveryMonitor monitor;
    private readonly TimeProvider time;
    private readonly Dictionary<string, int> indexes;
    private readonly string known;

    /// <param name="accounts">The names and the destinations.</param>
    /// <param name="route">The host's function, which returns the name of a destination.</param>
    /// <param name="hooks">The host's rules that run before the route.</param>
    /// <param name="monitor">Reports the outcomes of events that are sent to no destination.</param>
    /// <param name="time">The host's clock.</param>
    public RoutedDestination(
        IReadOnlyList<KeyValuePair<string, CleverTapDestination>> accounts,
        Func<RudderEvent, string?> route,
        EventHooks hooks,
        DeliveryMonitor monitor,
        TimeProvider time
    )
    {
        if (accounts.Count == 0)
        {
            throw new InvalidOperationException(NoDestinations);
        }

        this.route = route;
        this.hooks = hooks;
        this.monitor = monitor;
        this.time = time;
        Accounts = [.. accounts.Select(account => account.Value)];
        indexes = accounts.Select((account, index) => (account.Key, index)).ToDictionary(StringComparer.Ordinal);
        known = string.Join(", ", accounts.Select(account => account.Key.Length == 0 ? "one without a name" : $"'{account.Key}'"));
    }

    public IReadOnlyList<CleverTapDestination> Accounts { get; }

    /// <summary>Returns the queue in front of the route. It is a function because a queue is created with its destination.</summary>
    public Func<IEnumerable<IUserEvents>> Queues { get; init; } = () => [];

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The largest count and time of all accounts, because an outbox has one window for them.</summary>
    public DeduplicationWindow DeduplicationWindow =>
        new()
        {
            Count = Accounts.Max(account => account.DeduplicationWindow.Count),
            Time = Accounts.Max(account => account.DeduplicationWindow.Time),
        };

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

        await Queues().RemoveAsync(new UserSet(ids), cancellationToken).ConfigureAwait(false);
        return await CallAllAsync(account => account.DeleteUsersAsync(ids, cancellationToken)).ConfigureAwait(false);
    }

    public Task<CleverTapResponse> DeleteUsersByCleverTapIdAsync(
        IEnumerable<string> cleverTapIds,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(cleverTapIds);
        string[] ids = [.. cleverTapIds];
        return CallAllAsync(account => account.DeleteUsersByCleverTapIdAsync(ids, cancellationToken));
    }

    public TransformResult? Route(ref RudderEvent? rudderEvent, out int account)
    {
        account = -1;
        if (rudderEvent is null)
        {
            return TransformResult.Invalid(EventError.NotAnObject);
        }

        RudderEvent edited = rudderEvent;
        TransformResult? result = hooks.Run(ref edited) ?? Route(edited, out account);
        rudderEvent = edited;
        return result;
    }

    /// <summary>Returns the event with its time of arrival. An account whose mapping reads no time ignores it.</summary>
    public RudderEvent WithArrivalTime(RudderEvent rudderEvent, DateTimeOffset arrived) =>
        rudderEvent is null ? rudderEvent! : ArrivalTime.AddIfMissing(rudderEvent, arrived);

    /// <summary>Creates the outcome of JSON that is not an event. It cannot be routed, so that the default mapping options apply.</summary>
    public EventOutcome CreateUnreadableOutcome(EventError error) => Outcome.FromUnreadable(error, MappingOptions.Default);

    public void Report(IReadOnlyList<EventOutcome> outcomes) => monitor.Report(outcomes);

    private TransformResult? Route(RudderEvent rudderEvent, out int account)
    {
        account = -1;
        string? name;
        try
        {
            name = route(rudderEvent);
        }
        catch (Exception exception)
        {
            // The error does not contain the exception message, because it may contain values of the event.
            return Invalid(rudderEvent, EventErrorCode.HostRule, $"The route threw {exception.GetType()}; correct it");
        }

        if (name is null)
        {
            return Invalid(
                rudderEvent,
                EventErrorCode.UnknownDestination,
                $"The route names no destination; name one of those that are registered: {known}"
            );
        }

        // The error does not contain the name, because it may be a value of the event.
        return indexes.TryGetValue(name, out account)
            ? null
            : Invalid(
                rudderEvent,
                EventErrorCode.UnknownDestination,
                $"The route names a destination that is not registered; name one of those that are: {known}"
            );
    }

    private TransformResult Invalid(RudderEvent rudderEvent, EventErrorCode code, string message) =>
        TransformResult.Invalid(EventError.FromHostRule(message, $"the name of a destination: {known}", rudderEvent.MessageId, code));

    /// <summary>Calls each account. Returns the first response that is not a success; otherwise the last response.</summary>
    private async Task<CleverTapResponse> CallAllAsync(Func<CleverTapDestination, Task<CleverTapResponse>> callAsync)
    {
        CleverTapResponse[] responses = await Task.WhenAll(Accounts.Select(callAsync)).ConfigureAwait(false);
        return Array.Find(responses, response => response.Status != ResponseStatus.Success) ?? responses[^1];
    }
}
