using CleverTap.Rudder.Internal.Delivery;

namespace CleverTap.Rudder.Internal.Queues;

/// <summary>An event, its outcome, and the handlers that are still to take it.</summary>
internal sealed class Notification(RudderEvent rudderEvent, EventOutcome outcome, List<HandlerState> open)
{
    public RudderEvent Event => rudderEvent;

    public EventOutcome Outcome => outcome;

    /// <summary>The handlers that have neither taken the event nor been given up.</summary>
    public List<HandlerState> PendingHandlers => open;

    /// <summary>How often they were called.</summary>
    public int Attempts { get; set; }

    /// <summary>When the first of them failed.</summary>
    public long? FirstFailure { get; set; }

    /// <summary>What the last failure was; null if none has failed.</summary>
    public Type? LastFailure { get; set; }
}
