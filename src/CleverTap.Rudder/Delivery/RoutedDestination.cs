using CleverTap.Rudder.Internal.Delivery.Engine;

namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>Several destinations behind a route, which says which of them gets an event.</summary>
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

    /// <param name="accounts">The destinations with their names.</param>
    /// <param name="route">The host's function.</param>
    /// <param name="hooks">The host's rules that run before it.</param>
    /// <param name="monitor">Gets the outcomes of events that no destination gets.</param>
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

    /// <summary>The queue in front of the route; asked for when users are deleted, because a queue is made from its destination.</summary>
    public Func<IEnumerable<IUserEvents>> Queues { get; init; } = () => [];

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>What an outbox remembers for all accounts: as much as the one that asks for most.</summary>
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
        await Queues().RemoveAsync(new UserSet(ids), cancellationToken).ConfigureAwait(false);
        return await AskAllAsync(account => account.DeleteUsersAsync(ids, cancellationToken)).ConfigureAwait(false);
    }

    public Task<CleverTapResponse> DeleteUsersByCleverTapIdAsync(
        IEnumerable<string> cleverTapIds,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(cleverTapIds);
        string[] ids = [.. cleverTapIds];
        return AskAllAsync(account => account.DeleteUsersByCleverTapIdAsync(ids, cancellationToken));
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

    /// <summary>An account whose mapping reads no time leaves out the one that the event gets here.</summary>
    public RudderEvent WithArrivalTime(RudderEvent rudderEvent, DateTimeOffset arrived) =>
        rudderEvent is null ? rudderEvent! : ArrivalTime.AddIfMissing(rudderEvent, arrived);

    /// <summary>What is no event cannot be routed: the default options say whether it is filtered.</summary>
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
            // Its message may hold values of the event.
            return Failed(rudderEvent, EventErrorCode.HostRule, $"The route threw {exception.GetType()}; correct it");
        }

        if (name is null)
        {
            return Failed(
                rudderEvent,
                EventErrorCode.UnknownDestination,
                $"The route names no destination; name one of those that are registered: {known}"
            );
        }

        return indexes.TryGetValue(name, out account)
            ? null
            : Failed(
                rudderEvent,
                EventErrorCode.UnknownDestination,
                $"The route names the destination '{name}', which is not registered; name one of those that are: {known}"
            );
    }

    private TransformResult Failed(RudderEvent rudderEvent, EventErrorCode code, string message) =>
        TransformResult.Invalid(
            new EventError(code, "", message, $"the name of a destination: {known}") { MessageId = rudderEvent.MessageId }
        );

    /// <summary>Asks every account. Returns the first response that is no success, else the last.</summary>
    private async Task<CleverTapResponse> AskAllAsync(Func<CleverTapDestination, Task<CleverTapResponse>> askAsync)
    {
        CleverTapResponse[] responses = await Task.WhenAll(Accounts.Select(askAsync)).ConfigureAwait(false);
        return Array.Find(responses, response => response.Status != ResponseStatus.Success) ?? responses[^1];
    }
}
