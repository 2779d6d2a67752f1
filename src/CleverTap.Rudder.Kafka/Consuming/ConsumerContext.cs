using CleverTap.Rudder.Internal.Kafka.DeadLetters;
using CleverTap.Rudder.Internal.Kafka.Producing;
using CleverTap.Rudder.Internal.Kafka.Telemetry;
using CleverTap.Rudder.Internal.Queues;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Internal.Kafka.Consuming;

/// <summary>What the consumer and the processors of its partitions share.</summary>
internal sealed class ConsumerContext
{
    public ConsumerContext(QueueDependencies<KafkaConsumerOptions> parts)
    {
        Dependencies = parts;
        Logger = new NonThrowingLogger(parts.Logger);
        Errors = new ClientErrors(Options.Topic, Logger, Time);
        Producer = new TopicProducer(Options, Errors, Logger);
        DeadLetters = new DeadLetterProducer(Options, Producer, Logger, Time);
        Flushes = new FlushTracker(Time);
        Queue = parts.Context(Flushes);
        Quota = new PartitionQuota(Options.Capacity, Queue.Window);
    }

    public QueueDependencies<KafkaConsumerOptions> Dependencies { get; }

    public KafkaConsumerOptions Options => Dependencies.Options;

    public TimeProvider Time => Dependencies.Time;

    public ILogger Logger { get; }

    public ClientErrors Errors { get; }

    public TopicProducer Producer { get; }

    public DeadLetterProducer DeadLetters { get; }

    public FlushTracker Flushes { get; }

    public QueueContext Queue { get; }

    public PartitionQuota Quota { get; }

    /// <summary>The partitions that are this worker's now.</summary>
    public IReadOnlyList<AssignedPartition> Assigned { get; set; } = [];

    /// <summary>How long ago the oldest message that this worker holds was written; zero if it holds none.</summary>
    public TimeSpan OldestAge => Assigned.Select(partition => partition.Processor.OldestAge).DefaultIfEmpty(TimeSpan.Zero).Max();
}
