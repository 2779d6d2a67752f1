namespace CleverTap.Rudder.Internal.Queues;

/// <summary>
/// Up to which number everything is settled, though numbers are settled in any order. Numbers grow and may have gaps. It holds the
/// open numbers only, so that one that stays open for hours costs no memory for those behind it. Thread-safe.
/// </summary>
internal sealed class LowWaterMark
{
    private readonly object gate = new();

    /// <summary>Open numbers that are older than a settled one, and how many were added before them.</summary>
    private readonly SortedSet<(long Number, long Before)> overtaken = new(
        Comparer<(long Number, long Before)>.Create(static (left, right) => left.Number.CompareTo(right.Number))
    );

    /// <summary>Numbers behind every settled one.</summary>
    private readonly Queue<long> next = new();
    private long added;
    private long first = -1;
    private long last = -1;
    private long position = -1;

    /// <summary>A number up to which nothing is open; -1 while the first is.</summary>
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

    /// <summary>How many numbers were added from the oldest open one on.</summary>
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

    /// <summary>How long ago the oldest open number arrived; zero if there is none.</summary>
    public TimeSpan OldestAge(ArrivalTimes arrivals, DateTimeOffset now) => Count == 0 ? TimeSpan.Zero : arrivals.AgeOf(Position + 1, now);

    /// <summary>Adds a number that is greater than those before.</summary>
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

            long oldest =
                overtaken.Count > 0 ? overtaken.Min.Number
                : next.TryPeek(out long behind) ? behind
                : last + 1;
            position = oldest == first ? position : oldest - 1;
        }
    }
}
