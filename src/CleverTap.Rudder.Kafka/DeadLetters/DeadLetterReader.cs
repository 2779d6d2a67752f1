using CleverTap.Rudder.Internal.Kafka.Consuming;
using CleverTap.Rudder.Internal.Kafka.Registration;
using CleverTap.Rudder.Internal.Kafka.Telemetry;
using Confluent.Kafka;

namespace CleverTap.Rudder.Internal.Kafka.DeadLetters;

/// <summary>Reads the dead-letter topic as a client of its own that joins no group and commits nothing. Its calls block.</summary>
internal sealed class DeadLetterReader : IDisposable
{
    public const int MaxPageBytes = 16 * 1024 * 1024;

    private static readonly TimeSpan PollTime = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan AskTime = TimeSpan.FromSeconds(10);

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

    /// <summary>Reads the whole topic, as it is now.</summary>
    /// <exception cref="CleverTapKafkaException">The brokers do not respond, or reject.</exception>
    /// <exception cref="OperationCanceledException">The token fired.</exception>
    public DeadLetterScan Scan()
    {
        var scan = new DeadLetterScan();
        foreach (int partition in Partitions())
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

    /// <summary>Reads the letters at the first of these places: so many, 16 MiB, or all of one partition.</summary>
    /// <param name="positions">The places, in order; not empty.</param>
    /// <param name="maxCount">How many at most.</param>
    /// <returns>The letters, without those that are gone meanwhile, and how many places that is.</returns>
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

    /// <summary>Reads a partition from a place on, to its end or until a visitor has enough.</summary>
    private void Read(DeadLetterPosition from, Func<ConsumeResult<byte[]?, byte[]?>, bool> visit)
    {
        consumer.Assign(new TopicPartitionOffset(topic, from.Partition, from.Offset));
        long heard = context.Time.GetTimestamp();
        bool goesOn = true;
        while (goesOn)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ConsumeResult<byte[]?, byte[]?>? message = Consume();
            if (message is not null)
            {
                heard = context.Time.GetTimestamp();
                goesOn = !message.IsPartitionEOF && visit(message);
            }
            else if (context.Time.GetElapsedTime(heard) > AskTime)
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
            return consumer.Consume(PollTime);
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

    /// <summary>The partitions of the topic; none if there is no such topic yet.</summary>
    private int[] Partitions()
    {
        try
        {
            using IAdminClient admin = new DependentAdminClientBuilder(consumer.Handle).Build();
            return [.. admin.GetMetadata(topic, AskTime).Topics.SelectMany(one => one.Partitions).Select(one => one.PartitionId).Order()];
        }
        catch (KafkaException exception)
        {
            throw CleverTapKafkaException.NotRead(topic, exception.Error.Code);
        }
    }
}
