namespace CleverTap.Rudder.Internal.Kafka.Consuming;

/// <summary>Limits how many events each partition holds, and how far it runs ahead of its oldest open event. Thread-safe.</summary>
/// <param name="capacity">The number of events that all partitions of the worker hold together.</param>
/// <param name="window">The number of events that keep all uploads busy.</param>
internal sealed class PartitionQuota(int capacity, int window)
{
    /// <summary>How many windows all partitions together may run ahead of their oldest open events.</summary>
    /// <remarks>
    /// 16 windows keep the other uploads busy while one upload takes 25 times as long. Settled events use no memory, but events that ran
    /// ahead are delivered again if the worker dies.
    /// </remarks>
    private const int WindowsAhead = 16;

    private volatile int partitions = 1;

    /// <summary>The maximum number of events of a partition without a final outcome.</summary>
    public int MaxPending => Math.Max(1, capacity / partitions);

    /// <summary>The maximum distance between the oldest open message of a partition and the newest.</summary>
    public int MaxAhead => Math.Max(MaxPending, (int)Math.Max(window, (long)WindowsAhead * window / partitions));

    public void Divide(int count) => partitions = Math.Max(1, count);

    public bool IsFull(int pending, long ahead) => pending >= MaxPending || ahead >= MaxAhead;

    /// <summary>
    /// Whether a full partition resumes: at half of its limit, because each pause drops what the client has fetched ahead.
    /// </summary>
    public bool CanResume(int pending, long ahead) => pending <= MaxPending / 2 && ahead <= MaxAhead - (MaxPending / 2);
}
