using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Storage;

/// <summary>Keeps the latest entries and counts all. Not thread-safe.</summary>
internal sealed class BoundedLog<T>(int capacity)
    where T : class
{
    private readonly Queue<T> entries = new();
    private IReadOnlyList<T>? snapshot;

    public long Total { get; private set; }

    /// <summary>Adds an entry.</summary>
    /// <returns>The entry that was removed for it (the entry itself if the capacity is 0), or null if there was room.</returns>
    public T? Add(T entry)
    {
        Total++;
        if (capacity == 0)
        {
            return entry;
        }

        T? removed = entries.Count == capacity ? entries.Dequeue() : null;
        entries.Enqueue(entry);
        snapshot = null;
        return removed;
    }

    /// <summary>Returns a copy of the entries, which is reused until an entry is added.</summary>
    public IReadOnlyList<T> Snapshot() => snapshot ??= Array.AsReadOnly(entries.ToArray());

    public void Clear()
    {
        entries.Clear();
        snapshot = null;
        Total = 0;
    }
}
