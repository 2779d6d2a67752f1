using CleverTap.Rudder.Internal.Kafka.Registration;
using CleverTap.Rudder.Internal.Kafka.Telemetry;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Internal.Kafka.Producing;

/// <summary>
/// How far the group is, whichever worker's the partitions are, against what this process has enqueued. It asks as a client
/// of its own that never joins the group. Thread-safe.
/// </summary>
internal sealed class CommittedOffsets(KafkaConsumerOptions options, ClientErrors errors, ILogger logger) : IDisposable
{
    private static readonly TimeSpan AskTime = TimeSpan.FromSeconds(5);

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

    /// <summary>Where the group has to be for all that was enqueued so far to have its outcome.</summary>
    public IReadOnlyDictionary<TopicPartition, long> GetTargets()
    {
        lock (gate)
        {
            return new Dictionary<TopicPartition, long>(enqueued);
        }
    }

    /// <summary>Whether the group is there. Brokers that do not respond count as no.</summary>
    public Task<bool> HaveReachedAsync(IReadOnlyDictionary<TopicPartition, long> targets) =>
        targets.Count == 0 ? Task.FromResult(true) : Task.Run(() => Reaches(targets));

    public void Dispose()
    {
        isDisposed = true;
        if (consumer.IsValueCreated)
        {
            consumer.Value.Dispose();
        }
    }

    private bool Reaches(IReadOnlyDictionary<TopicPartition, long> targets)
    {
        try
        {
            return !isDisposed
                && consumer.Value.Committed(targets.Keys, AskTime).All(committed => committed.Offset >= targets[committed.TopicPartition]);
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
