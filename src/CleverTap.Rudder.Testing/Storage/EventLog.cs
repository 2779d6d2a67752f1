using CleverTap.Rudder.Internal.Testing.Validation;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Storage;

/// <summary>The latest events in order of arrival, and by each id they came under. Not thread-safe.</summary>
internal sealed class EventLog(int capacity)
{
    private readonly BoundedLog<StoredEvent> events = new(capacity);
    private readonly Dictionary<UserKey, Queue<StoredEvent>> byKey = [];

    public long Total => events.Total;

    public void Add(StoredEvent stored)
    {
        foreach (UserKey key in stored.UserKeys)
        {
            if (!byKey.TryGetValue(key, out Queue<StoredEvent>? ofKey))
            {
                byKey.Add(key, ofKey = new Queue<StoredEvent>());
            }

            ofKey.Enqueue(stored);
        }

        if (events.Add(stored) is { } gone)
        {
            Forget(gone);
        }
    }

    public IReadOnlyList<StoredEvent> Snapshot() => events.Snapshot();

    /// <summary>In order of arrival, each once, whichever of the ids it came under.</summary>
    public StoredEvent[] FindByKeys(IEnumerable<UserKey> keys) =>
        keys.SelectMany(key => byKey.TryGetValue(key, out Queue<StoredEvent>? ofKey) ? ofKey : [])
            .Distinct()
            .OrderBy(stored => stored.Number)
            .ToArray();

    public void Clear()
    {
        events.Clear();
        byKey.Clear();
    }

    /// <summary>The oldest event of all is the oldest of each of its ids.</summary>
    private void Forget(StoredEvent oldest)
    {
        foreach (UserKey key in oldest.UserKeys)
        {
            Queue<StoredEvent> ofKey = byKey[key];
            ofKey.Dequeue();
            if (ofKey.Count == 0)
            {
                byKey.Remove(key);
            }
        }
    }
}
