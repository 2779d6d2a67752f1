using Confluent.Kafka;

namespace KafkaWorker;

/// <summary>Looks at topics from outside: how far a group is, and what a topic holds. It joins no group.</summary>
internal sealed class TopicView(string bootstrap, string group) : IDisposable
{
    private static readonly TimeSpan AskTime = TimeSpan.FromSeconds(10);

    private readonly IConsumer<byte[]?, byte[]?> consumer = new ConsumerBuilder<byte[]?, byte[]?>(
        new ConsumerConfig
        {
            BootstrapServers = bootstrap,
            GroupId = group,
            EnableAutoCommit = false,
            EnablePartitionEof = true,
            AutoOffsetReset = AutoOffsetReset.Earliest,
        }
    ).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();

    /// <summary>The offset that each partition's next reader begins at; 0 where none is committed.</summary>
    public long[] GetCommittedOffsets(string topic, int partitions) =>
        [
            .. consumer
                .Committed(Partitions(topic, partitions), AskTime)
                .OrderBy(one => one.Partition.Value)
                .Select(one => Math.Max(0, one.Offset.Value)),
        ];

    /// <summary>How many messages each partition has ever got.</summary>
    public long[] GetEndOffsets(string topic, int partitions) =>
        [.. Partitions(topic, partitions).Select(partition => consumer.QueryWatermarkOffsets(partition, AskTime).High.Value)];

    /// <summary>Every message that a topic holds.</summary>
    public IReadOnlyList<ConsumeResult<byte[]?, byte[]?>> ReadMessages(string topic, int partitions)
    {
        List<ConsumeResult<byte[]?, byte[]?>> messages = [];
        consumer.Assign(Partitions(topic, partitions).Select(partition => new TopicPartitionOffset(partition, Offset.Beginning)));
        int ended = 0;
        while (ended < partitions)
        {
            ConsumeResult<byte[]?, byte[]?>? message = consumer.Consume(AskTime);
            if (message is null)
            {
                break;
            }

            if (message.IsPartitionEOF)
            {
                ended++;
            }
            else
            {
                messages.Add(message);
            }
        }

        consumer.Unassign();
        return messages;
    }

    public void Dispose() => consumer.Dispose();

    private static IEnumerable<TopicPartition> Partitions(string topic, int partitions) =>
        Enumerable.Range(0, partitions).Select(partition => new TopicPartition(topic, partition));
}
