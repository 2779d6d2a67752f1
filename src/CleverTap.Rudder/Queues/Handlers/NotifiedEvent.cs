namespace CleverTap.Rudder.Internal.Queues;

/// <summary>An event with its final outcome.</summary>
/// <param name="Index">The index of the event among the events of its worker.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Status">The state of the handlers; null if they were not notified yet.</param>
internal readonly record struct NotifiedEvent(long Index, EventOutcome Outcome, NotificationStatus? Status = null);
