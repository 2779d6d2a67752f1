using CleverTap.Rudder.Internal.Testing.Validation;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Storage;

/// <summary>Keeps the latest events in order of arrival and by each of their ids. Not thread-safe.</summary>
internal sealed class EventLog(int capacity)
{
    private readonly BoundedLog<StoredEvent> events = new(capacity);
    private readonly Dictionary<UserKey, Queue<StoredEvent>> byKey = [];

    public long Total => events.Total;

    public void Add(StoredEvent storedEvent)
    {
        foreach (UserKey key in storedEvent.UserKeys)
        {
            if (!byKey.TryGetValue(key, out Queue<StoredEvent>? eventsOfKey))
            {
                byKey.Add(key, eventsOfKey = new Queue<StoredEvent>());
            }

            eventsOfKey.Enqueue(storedEvent);
        }

        if (events.Add(storedEvent) is { } removed)
        {
            RemoveFromIndex(removed);
        }
    }

    public IReadOnlyList<StoredEvent> Snapshot() => events.Snapshot();

    /// <summary>Returns the events of any of the ids in order of arrival, each event once.</summary>
    public StoredEvent[] FindByKeys(IEnumerable<UserKey> keys) =>
        keys.SelectMany(key => byKey.TryGetValue(key, out Queue<StoredEvent>? eventsOfKey) ? eventsOfKey : [])
            .Distinct()
            .OrderBy(storedEvent => storedEvent.Number)
            .ToArray();

    public void Clear()
    {
        events.Clear();
        byKey.Clear();
    }

    /// <summary>Removes the oldest event, which is also the oldest one of each of its ids.</summary>
    private void RemoveFromIndex(StoredEvent oldest)
    {
        foreach (UserKey key in oldest.UserKeys)
        {
            Queue<StoredEvent> eventsOfKey = byKey[key];
            eventsOfKey.Dequeue();
            if (eventsOfKey.Count == 0)
            {
                byKey.Remove(key);
            }
        }
    }
}
