using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Stored;

/// <summary>How often a user did an event, and the times of the earliest and the latest in seconds since 1970.</summary>
internal readonly record struct EventSummary(string Name, int Count, long FirstSeen, long LastSeen)
{
    /// <summary>Adds an event to a summary; the default summary is empty.</summary>
    public static EventSummary Add(EventSummary summary, StoredEvent storedEvent) =>
        new(
            storedEvent.Name,
            summary.Count + 1,
            summary.Count == 0 ? storedEvent.OccurredAt : Math.Min(summary.FirstSeen, storedEvent.OccurredAt),
            Math.Max(summary.LastSeen, storedEvent.OccurredAt)
        );
}
