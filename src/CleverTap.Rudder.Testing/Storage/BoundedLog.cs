namespace CleverTap.Rudder.Internal.Testing.Storage;

/// <summary>Keeps the latest entries and counts all. Not thread-safe.</summary>
internal sealed class BoundedLog<T>(int capacity)
    where T : class
{
    /// <summary>A ring once it is full: the oldest entry is at <see cref="oldest"/>.</summary>
    private readonly List<T> entries = [];
    private int oldest;
    private IReadOnlyList<T>? snapshot;

    public long Total { get; private set; }

    public int Count => entries.Count;

    /// <summary>Gets an entry by its index in order of arrival, of those that are kept.</summary>
    public T this[int index] => entries[(oldest + index) % entries.Count];

    /// <summary>Adds an entry.</summary>
    /// <returns>The entry that was removed for it (the entry itself if the capacity is 0), or null if there was room.</returns>
    public T? Add(T entry)
    {
        Total++;
        if (capacity == 0)
        {
            return entry;
        }

        snapshot = null;
        if (entries.Count < capacity)
        {
            entries.Add(entry);
            return null;
        }

        T removed = entries[oldest];
        entries[oldest] = entry;
        oldest = (oldest + 1) % capacity;
        return removed;
    }

    /// <summary>Returns a copy of the entries, which is reused until an entry is added.</summary>
    public IReadOnlyList<T> Snapshot() => snapshot ??= Array.AsReadOnly([.. entries[oldest..], .. entries[..oldest]]);

    public void Clear()
    {
        entries.Clear();
        oldest = 0;
        snapshot = null;
        Total = 0;
    }
}
