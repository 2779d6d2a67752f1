using CleverTap.Rudder.Internal.Kafka.Consuming;
using CleverTap.Rudder.Internal.Kafka.Registration;
using CleverTap.Rudder.Internal.Queues;
using Confluent.Kafka;

namespace CleverTap.Rudder.Internal.Kafka.Telemetry;

/// <summary>What the brokers said when asked last. It asks as a client of its own that never joins the group. Thread-safe.</summary>
internal sealed class TopicStatus(ConsumerContext context) : IDisposable
{
    private static readonly TimeSpan AskTime = TimeSpan.FromSeconds(5);

    private readonly KafkaConsumerOptions options = context.Options;
    private readonly object gate = new();
    private IConsumer<Ignore, Ignore>? consumer;
    private volatile Reading? last;
    private bool isAsking;
    private bool isDisposed;

    /// <summary>Adds it to the state of the queue.</summary>
    public QueueState AddTo(QueueState state) =>
        last is not { } reading
            ? state
            : state with
            {
                ConsumerLag = reading.Lag,
                DeadLetters = reading.DeadLetters,
                Fault = reading.Fault is { } code
                    ? new QueueFault($"The Kafka brokers do not respond as they should: {code}", IsTransient: true)
                    : null,
                Data = new Dictionary<string, object> { ["brokers"] = reading.Fault ?? "Reachable" },
            };

    /// <summary>Asks the brokers, on a thread of the pool: the client's calls block.</summary>
    public Task RefreshAsync(CancellationToken cancellationToken) => Task.Run(Refresh, CancellationToken.None).WaitAsync(cancellationToken);

    /// <summary>Does not wait for brokers: a question that was asked is finished first.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            if (!isAsking)
            {
                Close();
            }
        }
    }

    private void Refresh()
    {
        lock (gate)
        {
            if (isAsking || isDisposed)
            {
                return;
            }

            isAsking = true;
        }

        try
        {
            IConsumer<Ignore, Ignore> open = consumer ??= Open();
            last = new Reading(Lag(open), DeadLetters(open), null);
        }
        catch (KafkaException exception)
        {
            last = new Reading(null, null, exception.Error.Code.ToString());
        }
        finally
        {
            lock (gate)
            {
                isAsking = false;
                if (isDisposed)
                {
                    Close();
                }
            }
        }
    }

    private IConsumer<Ignore, Ignore> Open() =>
        new ConsumerBuilder<Ignore, Ignore>(ClientSettings.CreateConsumerConfig(options))
            .SetErrorHandler((_, error) => context.Errors.Report(error.Code))
            .SetLogHandler((_, message) => context.Logger.Client(options.Topic, message.Facility, message.Message))
            .Build();

    private void Close()
    {
        consumer?.Dispose();
        consumer = null;
    }

    /// <summary>How many messages of this worker's partitions are not committed.</summary>
    private long Lag(IConsumer<Ignore, Ignore> open)
    {
        TopicPartition[] partitions = [.. context.Assigned.Select(assigned => assigned.Partition)];
        return partitions.Length == 0
            ? 0
            : open.Committed(partitions, AskTime)
                .Sum(committed =>
                {
                    WatermarkOffsets offsets = open.QueryWatermarkOffsets(committed.TopicPartition, AskTime);
                    return offsets.High - Math.Max(committed.Offset, offsets.Low);
                });
    }

    /// <summary>How many messages the dead-letter topic holds; none if there is no such topic yet. It does not make brokers create it.</summary>
    private long DeadLetters(IConsumer<Ignore, Ignore> open)
    {
        using IAdminClient admin = new DependentAdminClientBuilder(open.Handle).Build();
        return admin
            .GetMetadata(options.DeadLetterTopic, AskTime)
            .Topics.SelectMany(topic => topic.Partitions, (topic, partition) => new TopicPartition(topic.Topic, partition.PartitionId))
            .Select(partition => open.QueryWatermarkOffsets(partition, AskTime))
            .Sum(offsets => offsets.High - offsets.Low);
    }

    private sealed record Reading(long? Lag, long? DeadLetters, string? Fault);
}
