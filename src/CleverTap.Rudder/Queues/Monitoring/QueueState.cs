namespace CleverTap.Rudder.Internal.Queues;

/// <summary>What gauges and the health check show of a queue.</summary>
/// <param name="Depth">How many events have no final outcome; of a topic, how many of them this worker holds.</param>
/// <param name="OldestAge">How long ago the oldest of them arrived.</param>
internal sealed record QueueState(long Depth, TimeSpan OldestAge)
{
    /// <summary>How many dead letters there are; null if the queue keeps none, or if that is not known yet.</summary>
    public long? DeadLetters { get; init; }

    /// <summary>How many messages of this worker's partitions are not committed; null if the queue is no topic, or if it is not known.</summary>
    public long? ConsumerLag { get; init; }

    /// <summary>What is wrong with the file or the brokers; null if nothing is.</summary>
    public QueueFault? Fault { get; init; }

    /// <summary>Further data of the health check: the file, or the brokers. No credentials.</summary>
    public IReadOnlyDictionary<string, object> Data { get; init; } = new Dictionary<string, object>();
}
