using Confluent.Kafka;

namespace KafkaWorker;

/// <summary>Reads the committed offsets of a group and the messages of topics, without joining the group.</summary>
internal sealed class TopicView(string bootstrap, string group) : IDisposable
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);

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

    /// <summary>Gets the committed offset of each partition; 0 if none is committed.</summary>
    public long[] GetCommittedOffsets(string topic, int partitions) =>
        [
            .. consumer
                .Committed(Partitions(topic, partitions), RequestTimeout)
                .OrderBy(committed => committed.Partition.Value)
                .Select(committed => Math.Max(0, committed.Offset.Value)),
        ];

    /// <summary>Gets the end offset of each partition.</summary>
    public long[] GetEndOffsets(string topic, int partitions) =>
        [.. Partitions(topic, partitions).Select(partition => consumer.QueryWatermarkOffsets(partition, RequestTimeout).High.Value)];

    /// <summary>Reads all messages of a topic.</summary>
    public IReadOnlyList<ConsumeResult<byte[]?, byte[]?>> ReadMessages(string topic, int partitions)
    {
        List<ConsumeResult<byte[]?, byte[]?>> messages = [];
        consumer.Assign(Partitions(topic, partitions).Select(partition => new TopicPartitionOffset(partition, Offset.Beginning)));
        int ended = 0;
        while (ended < partitions)
        {
            ConsumeResult<byte[]?, byte[]?>? message = consumer.Consume(RequestTimeout);
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
