namespace CleverTap.Rudder.Internal.Queues;

/// <summary>An event, its outcome, and the handlers that have not handled it yet.</summary>
internal sealed class Notification(RudderEvent rudderEvent, EventOutcome outcome, List<HandlerState> pendingHandlers)
{
    public RudderEvent Event => rudderEvent;

    public EventOutcome Outcome => outcome;

    /// <summary>The handlers that have neither succeeded nor been given up.</summary>
    public List<HandlerState> PendingHandlers => pendingHandlers;

    /// <summary>The number of times that the handlers were called.</summary>
    public int Attempts { get; set; }

    /// <summary>The timestamp of the first failure; null if no handler has failed.</summary>
    public long? FirstFailure { get; set; }

    /// <summary>The type of the last exception; null if no handler has failed.</summary>
    public Type? LastFailure { get; set; }
}
