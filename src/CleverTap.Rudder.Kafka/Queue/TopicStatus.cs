using CleverTap.Rudder.Internal.Kafka.Client;
using CleverTap.Rudder.Internal.Kafka.Consuming;
using CleverTap.Rudder.Internal.Queues;
using Confluent.Kafka;

namespace CleverTap.Rudder.Internal.Kafka.Queue;

/// <summary>Keeps the last known state of the topic for the health check and the gauges. Thread-safe.</summary>
/// <remarks>It uses its own client, which never joins the group.</remarks>
internal sealed class TopicStatus(ConsumerContext context) : IDisposable
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(5);

    private readonly KafkaConsumerOptions options = context.Options;
    private readonly object gate = new();
    private IConsumer<Ignore, Ignore>? consumer;
    private volatile Snapshot? snapshot;
    private bool isRefreshing;
    private bool isDisposed;

    /// <summary>Adds the last known state of the topic to the state of the queue.</summary>
    public QueueState AddTo(QueueState state) =>
        snapshot is not { } known
            ? state
            : state with
            {
                ConsumerLag = known.Lag,
                DeadLetters = known.DeadLetters,
                Fault = known.Fault is { } code
                    ? new QueueFault($"The Kafka brokers do not respond as they should: {code}", IsTransient: true)
                    : null,
                Data = new Dictionary<string, object> { ["brokers"] = known.Fault ?? "Reachable" },
            };

    /// <summary>Queries the brokers on a thread of the pool, because the client's calls block.</summary>
    public Task RefreshAsync(CancellationToken cancellationToken) => Task.Run(Refresh, CancellationToken.None).WaitAsync(cancellationToken);

    /// <summary>Closes the client, or lets a running refresh close it, so that disposal does not wait for brokers.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            if (!isRefreshing)
            {
                Close();
            }
        }
    }

    private void Refresh()
    {
        lock (gate)
        {
            if (isRefreshing || isDisposed)
            {
                return;
            }

            isRefreshing = true;
        }

        try
        {
            IConsumer<Ignore, Ignore> open = consumer ??= Open();
            snapshot = new Snapshot(GetLag(open), CountDeadLetters(open), null);
        }
        catch (KafkaException exception)
        {
            snapshot = new Snapshot(null, null, exception.Error.Code.ToString());
        }
        finally
        {
            lock (gate)
            {
                isRefreshing = false;
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

    /// <summary>Gets the number of messages in the partitions of this worker that are not committed.</summary>
    private long GetLag(IConsumer<Ignore, Ignore> open)
    {
        TopicPartition[] partitions = [.. context.Assigned.Select(assigned => assigned.Partition)];
        return partitions.Length == 0
            ? 0
            : open.Committed(partitions, RequestTimeout)
                .Sum(committed =>
                {
                    WatermarkOffsets offsets = open.QueryWatermarkOffsets(committed.TopicPartition, RequestTimeout);
                    return offsets.High - Math.Max(committed.Offset, offsets.Low);
                });
    }

    /// <summary>Gets the number of messages in the dead-letter topic; 0 if it does not exist. It does not create the topic.</summary>
    private long CountDeadLetters(IConsumer<Ignore, Ignore> open)
    {
        using IAdminClient admin = new DependentAdminClientBuilder(open.Handle).Build();
        return admin
            .GetMetadata(options.DeadLetterTopic, RequestTimeout)
            .Topics.SelectMany(topic => topic.Partitions, (topic, partition) => new TopicPartition(topic.Topic, partition.PartitionId))
            .Select(partition => open.QueryWatermarkOffsets(partition, RequestTimeout))
            .Sum(offsets => offsets.High - offsets.Low);
    }

    private sealed record Snapshot(long? Lag, long? DeadLetters, string? Fault);
}
