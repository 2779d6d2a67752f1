using CleverTap.Rudder.Internal.Kafka.Client;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Internal.Kafka.Queue;

/// <summary>Compares the committed offsets of the consumer group with what this process has enqueued. Thread-safe.</summary>
/// <remarks>It uses its own client, which never joins the group, and so it also sees partitions of other workers.</remarks>
internal sealed class CommittedOffsets(KafkaConsumerOptions options, ClientErrors errors, ILogger logger) : IDisposable
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(5);

    private readonly object gate = new();
    private readonly Dictionary<TopicPartition, long> enqueued = [];
    private readonly Lazy<IConsumer<Ignore, Ignore>> consumer = new(() =>
        new ConsumerBuilder<Ignore, Ignore>(ClientSettings.CreateConsumerConfig(options))
            .SetErrorHandler((_, error) => errors.Report(error.Code))
            .SetLogHandler((_, message) => logger.Client(options.Topic, message.Facility, message.Message))
            .Build()
    );

    private volatile bool isDisposed;

    public void AddWritten(TopicPartitionOffset written)
    {
        lock (gate)
        {
            long before = enqueued.GetValueOrDefault(written.TopicPartition);
            enqueued[written.TopicPartition] = Math.Max(before, written.Offset + 1);
        }
    }

    /// <summary>Gets the offsets that the group must commit until all events enqueued so far have their outcome.</summary>
    public IReadOnlyDictionary<TopicPartition, long> GetTargets()
    {
        lock (gate)
        {
            return new Dictionary<TopicPartition, long>(enqueued);
        }
    }

    /// <summary>Whether the group has committed the offsets; false if the brokers do not respond.</summary>
    public Task<bool> HaveReachedAsync(IReadOnlyDictionary<TopicPartition, long> targets) =>
        targets.Count == 0 ? Task.FromResult(true) : Task.Run(() => HaveReached(targets));

    public void Dispose()
    {
        isDisposed = true;
        if (consumer.IsValueCreated)
        {
            consumer.Value.Dispose();
        }
    }

    private bool HaveReached(IReadOnlyDictionary<TopicPartition, long> targets)
    {
        try
        {
            return !isDisposed
                && consumer
                    .Value.Committed(targets.Keys, RequestTimeout)
                    .All(committed => committed.Offset >= targets[committed.TopicPartition]);
        }
        catch (KafkaException exception)
        {
            errors.Report(exception.Error.Code);
            return false;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }
}
