namespace CleverTap.Rudder;

/// <summary>
/// Up to which number everything is settled, though numbers are settled in any order. Numbers grow and may have gaps. Thread-safe.
/// </summary>
internal sealed class LowWaterMark
{
    private readonly object gate = new();
    private readonly Queue<long> open = new();
    private readonly HashSet<long> settled = [];
    private long last = -1;
    private long position = -1;

    /// <summary>The last number before which nothing is open; -1 if there is none.</summary>
    public long Position
    {
        get
        {
            lock (gate)
            {
                return position;
            }
        }
    }

    /// <summary>The greatest number that was added; -1 if none was.</summary>
    public long Last
    {
        get
        {
            lock (gate)
            {
                return last;
            }
        }
    }

    /// <summary>How many numbers are held: those from the oldest open one on.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return open.Count;
            }
        }
    }

    /// <summary>Adds a number that is greater than those before.</summary>
    public void Add(long number)
    {
        lock (gate)
        {
            open.Enqueue(number);
            last = number;
        }
    }

    /// <summary>Settles numbers that were added.</summary>
    public void Settle(IEnumerable<long> numbers)
    {
        lock (gate)
        {
            settled.UnionWith(numbers);
            while (open.TryPeek(out long oldest) && settled.Remove(oldest))
            {
                open.Dequeue();
                position = oldest;
            }
        }
    }
}
