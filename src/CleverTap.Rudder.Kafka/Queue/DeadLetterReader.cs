using CleverTap.Rudder.Internal.Kafka.Client;
using CleverTap.Rudder.Internal.Kafka.Consuming;
using CleverTap.Rudder.Internal.Kafka.DeadLetters;
using Confluent.Kafka;

namespace CleverTap.Rudder.Internal.Kafka.Queue;

/// <summary>Reads the dead-letter topic with its own client, which joins no group and commits nothing. Its calls block.</summary>
internal sealed class DeadLetterReader : IDisposable
{
    public const int MaxPageBytes = 16 * 1024 * 1024;

    private static readonly TimeSpan PollTimeout = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(10);

    private readonly ConsumerContext context;
    private readonly string topic;
    private readonly IConsumer<byte[]?, byte[]?> consumer;
    private readonly CancellationToken cancellationToken;

    public DeadLetterReader(ConsumerContext context, CancellationToken cancellationToken)
    {
        this.context = context;
        this.cancellationToken = cancellationToken;
        topic = context.Options.DeadLetterTopic;
        consumer = new ConsumerBuilder<byte[]?, byte[]?>(ClientSettings.CreateReaderConfig(context.Options))
            .SetErrorHandler((_, error) => context.Errors.Report(error.Code))
            .SetLogHandler((_, message) => context.Logger.Client(topic, message.Facility, message.Message))
            .Build();
    }

    /// <summary>Reads the whole topic to its current end.</summary>
    /// <exception cref="CleverTapKafkaException">The brokers do not respond, or deny access.</exception>
    /// <exception cref="OperationCanceledException">The token fired.</exception>
    public DeadLetterScan Scan()
    {
        var scan = new DeadLetterScan();
        foreach (int partition in GetPartitions())
        {
            Read(
                new DeadLetterPosition(partition, Offset.Beginning),
                message =>
                {
                    scan.Add(message);
                    return true;
                }
            );
        }

        return scan;
    }

    /// <summary>Reads the letters at the first positions of one partition, up to <c>maxCount</c> letters or 16 MiB.</summary>
    /// <param name="positions">The positions, in order; not empty.</param>
    /// <param name="maxCount">The maximum number of letters.</param>
    /// <returns>The letters that still exist, and the number of positions that the page covers.</returns>
    public (List<ConsumeResult<byte[]?, byte[]?>> Letters, int Count) ReadPage(ReadOnlyMemory<DeadLetterPosition> positions, int maxCount)
    {
        DeadLetterPosition first = positions.Span[0];
        DeadLetterPosition[] wanted = [.. positions.ToArray().TakeWhile(position => position.Partition == first.Partition).Take(maxCount)];
        List<ConsumeResult<byte[]?, byte[]?>> letters = [];
        int next = 0;
        long bytes = 0;
        Read(
            first,
            message =>
            {
                while (next < wanted.Length && wanted[next].Offset < message.Offset)
                {
                    next++;
                }

                if (next < wanted.Length && wanted[next].Offset == message.Offset)
                {
                    letters.Add(message);
                    bytes += (message.Message.Value?.Length ?? 0) + (message.Message.Key?.Length ?? 0);
                    next++;
                }

                return next < wanted.Length && bytes < MaxPageBytes;
            }
        );
        return (letters, bytes < MaxPageBytes ? wanted.Length : next);
    }

    public void Dispose() => consumer.Dispose();

    /// <summary>Reads a partition from a position to its end, or until the visitor returns false.</summary>
    private void Read(DeadLetterPosition from, Func<ConsumeResult<byte[]?, byte[]?>, bool> visit)
    {
        consumer.Assign(new TopicPartitionOffset(topic, from.Partition, from.Offset));
        long lastMessage = context.Time.GetTimestamp();
        bool continues = true;
        while (continues)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ConsumeResult<byte[]?, byte[]?>? message = Consume();
            if (message is not null)
            {
                lastMessage = context.Time.GetTimestamp();
                continues = !message.IsPartitionEOF && visit(message);
            }
            else if (context.Time.GetElapsedTime(lastMessage) > ReadTimeout)
            {
                throw CleverTapKafkaException.NotRead(topic, ErrorCode.Local_TimedOut);
            }
        }

        consumer.Unassign();
    }

    private ConsumeResult<byte[]?, byte[]?>? Consume()
    {
        try
        {
            return consumer.Consume(PollTimeout);
        }
        catch (ConsumeException exception) when (exception.Error.Code != ErrorCode.TopicAuthorizationFailed && !exception.Error.IsFatal)
        {
            context.Errors.Report(exception.Error.Code);
            return null;
        }
        catch (KafkaException exception)
        {
            throw CleverTapKafkaException.NotRead(topic, exception.Error.Code);
        }
    }

    /// <summary>Gets the partitions of the topic; none if the topic does not exist.</summary>
    private int[] GetPartitions()
    {
        try
        {
            using IAdminClient admin = new DependentAdminClientBuilder(consumer.Handle).Build();
            return
            [
                .. admin
                    .GetMetadata(topic, ReadTimeout)
                    .Topics.SelectMany(found => found.Partitions)
                    .Select(found => found.PartitionId)
                    .Order(),
            ];
        }
        catch (KafkaException exception)
        {
            throw CleverTapKafkaException.NotRead(topic, exception.Error.Code);
        }
    }
}
