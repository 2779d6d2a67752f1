namespace CleverTap.Rudder.Internal.Queues;

/// <summary>
/// When the events of a queue arrived, to a second: it remembers one event of each second. Numbers grow. Thread-safe.
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

    /// <summary>How long ago an event arrived. Those before it are forgotten.</summary>
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
