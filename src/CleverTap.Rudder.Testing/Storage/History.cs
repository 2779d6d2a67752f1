namespace CleverTap.Rudder.Testing;

/// <summary>The latest entries, and the count of all there ever were. Not thread-safe.</summary>
internal sealed class History<T>(int capacity)
{
    private readonly Queue<T> entries = new();

    public long Total { get; private set; }

    public void Add(T entry)
    {
        Total++;
        if (capacity == 0) return;
        if (entries.Count == capacity) entries.Dequeue();
        entries.Enqueue(entry);
    }

    public T[] ToArray() => entries.ToArray();

    public void Clear()
    {
        entries.Clear();
        Total = 0;
    }
}
