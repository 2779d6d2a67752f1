using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Stored;

/// <summary>How often, and from when to when, a user did an event.</summary>
internal sealed record EventSummary(string Name, int Count, long FirstSeen, long LastSeen)
{
    public static EventSummary Create(IGrouping<string, StoredEvent> events) =>
        new(
            events.Key,
            events.Count(),
            events.Min(storedEvent => storedEvent.OccurredAt),
            events.Max(storedEvent => storedEvent.OccurredAt)
        );
}
