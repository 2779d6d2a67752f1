namespace CleverTap.Rudder.Internal.Kafka.Consuming;

/// <summary>Limits how many events each partition holds, and how far it runs ahead of its oldest open event. Thread-safe.</summary>
/// <remarks>
/// A quarter of the capacity is divided equally, so that a partition can always deliver. The rest is for the partitions that need it: equal
/// parts of everything would leave uploads empty while one partition has most of the events.
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

    /// <summary>The number of events that a partition may hold whatever the others hold.</summary>
    public int Share => Math.Max(1, capacity / 4 / partitions);

    /// <summary>The maximum distance between the oldest open message of a partition and the newest.</summary>
    public int MaxAhead => (int)Math.Max(window, (long)WindowsAhead * window / partitions);

    /// <summary>The number of events that all partitions may hold as long as only one of them exceeds its share.</summary>
    private int MaxHeld => Math.Max(1, capacity - ((partitions - 1) * Share));

    public void Divide(int count) => partitions = Math.Max(1, count);

    /// <param name="pending">The number of events that the partition holds.</param>
    /// <param name="held">The number of events that all partitions hold together.</param>
    /// <param name="ahead">The distance between the oldest open message of the partition and the newest.</param>
    public bool IsFull(int pending, long held, long ahead) => (pending >= Share && held >= MaxHeld) || ahead >= MaxAhead;

    /// <summary>
    /// Whether a full partition resumes: well below its limit, because each pause drops what the client has fetched ahead.
    /// </summary>
    /// <inheritdoc cref="IsFull"/>
    public bool CanResume(int pending, long held, long ahead) =>
        (pending <= Share / 2 || held <= MaxHeld - (MaxHeld / 4)) && ahead <= MaxAhead - (MaxAhead / 4);
}
