namespace CleverTap.Rudder.Internal.Queues;

/// <summary>
/// Tracks the number up to which everything is settled. Numbers increase, may have gaps, and are settled in any order. Only open numbers
/// are stored, so that a number that stays open for hours needs no memory for the numbers behind it. Thread-safe.
/// </summary>
internal sealed class LowWaterMark
{
    private readonly object gate = new();

    /// <summary>Open numbers that are less than a settled number, and how many numbers were added before each.</summary>
    private readonly SortedSet<(long Number, long Before)> overtaken = new(
        Comparer<(long Number, long Before)>.Create(static (left, right) => left.Number.CompareTo(right.Number))
    );

    /// <summary>Numbers that are greater than every settled number.</summary>
    private readonly Queue<long> next = new();
    private long added;
    private long first = -1;
    private long last = -1;
    private long position = -1;

    /// <summary>The greatest number up to which every number is settled; -1 while the first number is open.</summary>
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

    /// <summary>The greatest added number; -1 if no number was added.</summary>
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

    /// <summary>How many numbers were added since the oldest open number, including it.</summary>
    public long Count
    {
        get
        {
            lock (gate)
            {
                return overtaken.Count > 0 ? added - overtaken.Min.Before : next.Count;
            }
        }
    }

    /// <summary>Returns how long ago the oldest open number arrived; zero if no number is open.</summary>
    public TimeSpan OldestAge(ArrivalTimes arrivals, DateTimeOffset now) => Count == 0 ? TimeSpan.Zero : arrivals.AgeOf(Position + 1, now);

    /// <summary>Adds a number that is greater than all added before.</summary>
    public void Add(long number)
    {
        lock (gate)
        {
            next.Enqueue(number);
            first = added == 0 ? number : first;
            last = number;
            added++;
        }
    }

    /// <summary>Settles numbers that were added.</summary>
    public void Settle(IEnumerable<long> numbers)
    {
        HashSet<long> settled = [.. numbers];
        lock (gate)
        {
            settled.RemoveWhere(number => overtaken.Remove((number, 0)));
            while (settled.Count > 0 && next.TryDequeue(out long number))
            {
                if (!settled.Remove(number))
                {
                    overtaken.Add((number, added - next.Count - 1));
                }
            }

            long oldest = OldestOpen();
            position = oldest == first ? position : oldest - 1;
        }
    }

    /// <summary>Returns the oldest open number; the number after the last one if no number is open.</summary>
    private long OldestOpen()
    {
        if (overtaken.Count > 0)
        {
            return overtaken.Min.Number;
        }

        return next.TryPeek(out long number) ? number : last + 1;
    }
}
