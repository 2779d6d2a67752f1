namespace CleverTap.Rudder;

/// <summary>An event with its final outcome, and how far its handlers are; no status if they are not notified yet.</summary>
internal readonly record struct NotifiedEvent(EventCompletion Completion, NotificationStatus? Status = null);
