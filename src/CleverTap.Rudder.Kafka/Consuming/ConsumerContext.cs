using CleverTap.Rudder.Internal.Kafka.Client;
using CleverTap.Rudder.Internal.Kafka.DeadLetters;
using CleverTap.Rudder.Internal.Queues;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Internal.Kafka.Consuming;

/// <summary>The dependencies that the consumer and its partition processors share.</summary>
internal sealed class ConsumerContext
{
    public ConsumerContext(QueueDependencies<KafkaConsumerOptions> dependencies)
    {
        Dependencies = dependencies;
        Logger = new NonThrowingLogger(dependencies.Logger);
        Errors = new ClientErrors(Options.Topic, Logger, Time);
        Producer = new TopicProducer(Options, Errors, Logger);
        DeadLetters = new DeadLetterProducer(Options, Producer, Logger, Time);
        Flushes = new FlushTracker(Time);
        Queue = dependencies.Context(Flushes);
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

    /// <summary>The partitions that are assigned to this worker.</summary>
    public IReadOnlyList<AssignedPartition> Assigned { get; set; } = [];

    /// <summary>The age of the oldest message that this worker holds; zero if it holds none.</summary>
    public TimeSpan OldestAge => Assigned.Select(partition => partition.Processor.OldestAge).DefaultIfEmpty(TimeSpan.Zero).Max();
}
