using CleverTap.Rudder.Internal.Testing.Stored;
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
        keys.SelectMany(EventsOf).Distinct().OrderBy(storedEvent => storedEvent.Number).ToArray();

    /// <summary>Returns the events that match a filter in order of arrival, without a copy.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="after">The number of the last event that is not wanted.</param>
    /// <param name="until">The number of the last event that is wanted.</param>
    public IEnumerable<StoredEvent> Read(EventFilter filter, long after, long until)
    {
        for (int i = FirstIndexAfter(after); i < events.Count && events[i].Number <= until; i++)
        {
            if (filter.Matches(events[i]))
            {
                yield return events[i];
            }
        }
    }

    /// <summary>Returns the number of the first event of a user that matches a filter; null if there is none.</summary>
    public long? FindFirst(IEnumerable<UserKey> keys, EventFilter filter) =>
        keys.Select(key => EventsOf(key).FirstOrDefault(filter.Matches)?.Number).Min();

    /// <summary>Summarizes the events of a user by name.</summary>
    /// <remarks>An event with several ids counts at its first id, so that no event counts twice.</remarks>
    public EventSummary[] Summarize(IEnumerable<UserKey> keys)
    {
        Dictionary<string, EventSummary> byName = new(StringComparer.Ordinal);
        foreach (UserKey key in keys)
        {
            foreach (StoredEvent storedEvent in EventsOf(key))
            {
                if (storedEvent.UserKeys[0] == key)
                {
                    byName[storedEvent.Name] = EventSummary.Add(byName.GetValueOrDefault(storedEvent.Name), storedEvent);
                }
            }
        }

        return [.. byName.Values];
    }

    public void Clear()
    {
        events.Clear();
        byKey.Clear();
    }

    private IEnumerable<StoredEvent> EventsOf(UserKey key) =>
        byKey.TryGetValue(key, out Queue<StoredEvent>? eventsOfKey) ? eventsOfKey : [];

    private int FirstIndexAfter(long number)
    {
        int low = 0;
        int high = events.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (events[middle].Number <= number)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
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
