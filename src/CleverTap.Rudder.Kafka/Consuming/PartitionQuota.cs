namespace CleverTap.Rudder.Internal.Kafka.Consuming;

/// <summary>Limits how many events each partition holds, and how far it runs ahead of its oldest open event. Thread-safe.</summary>
/// <remarks>
/// A partition may hold as much as is left of the capacity. A partition that alone has events holds half of it, six equally busy
/// partitions hold a seventh each, and something is always left for another. A fixed share would leave uploads empty while one partition
/// has most of the events.
/// </remarks>
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

    /// <summary>The maximum distance between the oldest open message of a partition and the newest.</summary>
    public int MaxAhead => (int)Math.Max(window, (long)WindowsAhead * window / partitions);

    public void Divide(int count) => partitions = Math.Max(1, count);

    /// <param name="pending">The number of events that the partition holds.</param>
    /// <param name="held">The number of events that all partitions hold together.</param>
    /// <param name="ahead">The distance between the oldest open message of the partition and the newest.</param>
    public bool IsFull(int pending, long held, long ahead) => pending >= LeftOf(held) || ahead >= MaxAhead;

    /// <summary>
    /// Whether a full partition resumes: well below its limit, because each pause drops what the client has fetched ahead.
    /// </summary>
    /// <inheritdoc cref="IsFull"/>
    public bool CanResume(int pending, long held, long ahead) => pending <= LeftOf(held) / 3 && ahead <= MaxAhead - (MaxAhead / 4);

    /// <summary>What is left of the capacity, except for one event of each other partition, which each may always hold.</summary>
    private long LeftOf(long held) => Math.Max(0, capacity - (partitions - 1) - held);
}
