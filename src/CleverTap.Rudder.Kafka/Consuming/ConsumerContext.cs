using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder;

/// <summary>What the consumer and the processors of its partitions share.</summary>
internal sealed class ConsumerContext
{
    public ConsumerContext(QueueParts<KafkaConsumerOptions> parts)
    {
        Parts = parts;
        Logger = new NonThrowingLogger(parts.Logger);
        Errors = new ClientErrors(Options.Topic, Logger, Time);
        Producer = new TopicProducer(Options, Errors, Logger);
        DeadLetters = new DeadLetterProducer(Options, Producer, Logger, Time);
        Queue = parts.Context(Flushes);
        Quota = new PartitionQuota(Options.Capacity, Queue.Window);
    }

    public QueueParts<KafkaConsumerOptions> Parts { get; }

    public KafkaConsumerOptions Options => Parts.Options;

    public TimeProvider Time => Parts.Time;

    public ILogger Logger { get; }

    public ClientErrors Errors { get; }

    public TopicProducer Producer { get; }

    public DeadLetterProducer DeadLetters { get; }

    public FlushTracker Flushes { get; } = new();

    public QueueContext Queue { get; }

    public PartitionQuota Quota { get; }
}
