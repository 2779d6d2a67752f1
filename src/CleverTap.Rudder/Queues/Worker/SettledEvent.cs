namespace CleverTap.Rudder.Internal.Queues;

/// <summary>An event of a store and its final outcome.</summary>
internal readonly record struct SettledEvent(QueuedEvent Event, EventOutcome Outcome);
