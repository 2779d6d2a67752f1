namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>The final outcome of an event.</summary>
internal readonly record struct EventCompletion(PendingEvent Event, EventOutcome Outcome);
