using CleverTap.Rudder.Internal.Delivery;

namespace CleverTap.Rudder.Internal.Queues;

/// <summary>An event with its final outcome.</summary>
/// <param name="Index">Its place among the events of its worker.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Status">How far its handlers are; null if they are not notified yet.</param>
internal readonly record struct NotifiedEvent(long Index, EventOutcome Outcome, NotificationStatus? Status = null);
