namespace CleverTap.Rudder.Internal.Queues;

/// <summary>The state of a queue that gauges and the health check show.</summary>
/// <param name="Depth">The number of events without a final outcome; for a topic, only those that this worker has read.</param>
/// <param name="OldestAge">The age of the oldest of these events.</param>
internal sealed record QueueState(long Depth, TimeSpan OldestAge)
{
    /// <summary>The number of dead letters; null if the queue keeps none, or if the number is not known yet.</summary>
    public long? DeadLetters { get; init; }

    /// <summary>
    /// The number of uncommitted messages in this worker's partitions; null if the queue is not a topic, or if it is unknown.
    /// </summary>
    public long? ConsumerLag { get; init; }

    /// <summary>The fault of the file or the brokers; null if they work.</summary>
    public QueueFault? Fault { get; init; }

    /// <summary>Further data of the health check: the file, or the brokers. It contains no credentials.</summary>
    public IReadOnlyDictionary<string, object> Data { get; init; } = new Dictionary<string, object>();
}
