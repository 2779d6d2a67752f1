using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Storage;

/// <summary>The latest entries, and the count of all there ever were. Not thread-safe.</summary>
internal sealed class BoundedLog<T>(int capacity)
    where T : class
{
    private readonly Queue<T> entries = new();
    private IReadOnlyList<T>? snapshot;

    public long Total { get; private set; }

    /// <summary>Adds an entry.</summary>
    /// <returns>The entry that went for it, which is itself where none is kept; null where there was room.</returns>
    public T? Add(T entry)
    {
        Total++;
        if (capacity == 0)
        {
            return entry;
        }

        T? gone = entries.Count == capacity ? entries.Dequeue() : null;
        entries.Enqueue(entry);
        snapshot = null;
        return gone;
    }

    /// <summary>A copy, which is made once as long as nothing is added: asking in a loop costs nothing.</summary>
    public IReadOnlyList<T> Snapshot() => snapshot ??= Array.AsReadOnly(entries.ToArray());

    public void Clear()
    {
        entries.Clear();
        snapshot = null;
        Total = 0;
    }
}
