namespace CleverTap.Rudder.Internal.Queues;

/// <summary>
/// Remembers when the events of a queue arrived, with a precision of one second: it stores the first event of each second. The numbers of
/// events increase. Thread-safe.
/// </summary>
internal sealed class ArrivalTimes
{
    private static readonly TimeSpan Precision = TimeSpan.FromSeconds(1);

    private readonly object gate = new();

    /// <summary>The first event of each second.</summary>
    private readonly LinkedList<(long Number, DateTimeOffset At)> seconds = [];

    public void Add(long number, DateTimeOffset at)
    {
        lock (gate)
        {
            if (seconds.Last is null || at - seconds.Last.Value.At >= Precision)
            {
                seconds.AddLast((number, at));
            }
        }
    }

    /// <summary>Returns how long ago an event arrived, and forgets the events before it.</summary>
    public TimeSpan AgeOf(long number, DateTimeOffset now)
    {
        lock (gate)
        {
            while (seconds.First?.Next is { } second && second.Value.Number <= number)
            {
                seconds.RemoveFirst();
            }

            return seconds.First is { } first && now > first.Value.At ? now - first.Value.At : TimeSpan.Zero;
        }
    }
}
