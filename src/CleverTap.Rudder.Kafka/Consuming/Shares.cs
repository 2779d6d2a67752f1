namespace CleverTap.Rudder;

/// <summary>What each of the worker's partitions gets of its memory and its uploads. Thread-safe.</summary>
internal sealed class Shares(BackgroundDeliveryOptions options, int mostAtOnce)
{
    private volatile int partitions = 1;

    /// <summary>How many events of a partition may wait.</summary>
    public int Waiting => Math.Max(1, options.Capacity / partitions);

    /// <summary>How many events make a batch: side by side, the partitions' fill the uploads that may be under way.</summary>
    public int Batch => Math.Max(options.FlushSize, mostAtOnce / partitions);

    public void Deal(int among) => partitions = Math.Max(1, among);
}
