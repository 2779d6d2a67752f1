namespace CleverTap.Rudder.Internal.Kafka.Consuming;

/// <summary>How many events each of the worker's partitions may hold, and how far it may run ahead. Thread-safe.</summary>
/// <param name="capacity">How many events the worker holds in memory, all its partitions together.</param>
/// <param name="window">How many events keep the uploads busy.</param>
internal sealed class PartitionQuota(int capacity, int window)
{
    /// <summary>
    /// How many windows the worker's partitions together run ahead of their oldest open events: enough for the other uploads to go on
    /// while one takes 25 times as long. Settled events are not held, but what runs ahead is delivered again if the worker dies.
    /// </summary>
    private const int WindowsAhead = 16;

    private volatile int partitions = 1;

    /// <summary>How many events of a partition may be without a final outcome.</summary>
    public int MaxPending => Math.Max(1, capacity / partitions);

    /// <summary>How many messages may lie between the oldest open one of a partition and the newest.</summary>
    public int MaxAhead => Math.Max(MaxPending, (int)Math.Max(window, (long)WindowsAhead * window / partitions));

    public void Divide(int count) => partitions = Math.Max(1, count);

    public bool IsFull(int held, long ahead) => held >= MaxPending || ahead >= MaxAhead;

    /// <summary>
    /// A full partition flows again when there is room for half of what it may hold: to stop it costs what the client has fetched ahead.
    /// </summary>
    public bool CanResume(int held, long ahead) => held <= MaxPending / 2 && ahead <= MaxAhead - (MaxPending / 2);
}
