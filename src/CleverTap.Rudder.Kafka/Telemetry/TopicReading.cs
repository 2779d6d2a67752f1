using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace CleverTap.Rudder;

/// <summary>What the brokers said when they were asked last. It asks as a client of its own that joins no group. Thread-safe.</summary>
internal sealed class TopicReading(ConsumerContext context) : IDisposable
{
    private static readonly TimeSpan AskTime = TimeSpan.FromSeconds(5);

    /// <summary>For all questions together: the client does not promise to end each in its time.</summary>
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(10);

    private readonly KafkaConsumerOptions options = context.Options;
    private readonly Lazy<IAdminClient> client = new(() => new AdminClientBuilder(ClientSettings.Admin(context.Options))
        .SetErrorHandler((_, error) => context.Errors.Report(error.Code))
        .SetLogHandler((_, message) => context.Logger.Client(context.Options.Topic, message.Facility, message.Message))
        .Build());

    private volatile Reading? last;
    private int isDisposed;

    /// <summary>Adds it to the state of the queue.</summary>
    public QueueState AddTo(QueueState state) => last is not { } reading ? state : state with
    {
        ConsumerLag = reading.Lag,
        DeadLetters = reading.DeadLetters,
        Fault = reading.Fault is { } code ? new QueueFault($"The Kafka brokers do not respond as they should: {code}", IsTransient: true) : null,
        Data = new Dictionary<string, object> { ["brokers"] = reading.Fault ?? "Reachable" },
    };

    /// <summary>Asks the brokers.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        inTime.CancelAfter(MaxTime);
        try
        {
            TopicPartition[] letters = await PartitionsAsync(options.DeadLetterTopic, inTime.Token).ConfigureAwait(false);
            last = new Reading(
                await LagAsync(inTime.Token).ConfigureAwait(false),
                await CountAsync(letters, inTime.Token).ConfigureAwait(false),
                null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            last = new Reading(null, null, nameof(ErrorCode.Local_TimedOut));
        }
        catch (KafkaException exception)
        {
            last = new Reading(null, null, exception.Error.Code.ToString());
        }
    }

    public void Dispose()
    {
        // A host disposes its services twice, and the client fails then.
        if (Interlocked.Exchange(ref isDisposed, 1) == 0 && client.IsValueCreated)
        {
            client.Value.Dispose();
        }
    }

    /// <summary>How many messages of this worker's partitions are not committed.</summary>
    private async Task<long> LagAsync(CancellationToken cancellationToken)
    {
        TopicPartition[] partitions = [.. context.Assigned.Select(assigned => assigned.Partition)];
        if (partitions.Length == 0)
        {
            return 0;
        }

        List<ListConsumerGroupOffsetsResult> groups = await client.Value.ListConsumerGroupOffsetsAsync(
            [new ConsumerGroupTopicPartitions(options.GroupId, [.. partitions])],
            new ListConsumerGroupOffsetsOptions { RequestTimeout = AskTime }).WaitAsync(cancellationToken).ConfigureAwait(false);
        var begins = await OffsetsAsync(partitions, OffsetSpec.Earliest(), cancellationToken).ConfigureAwait(false);
        var ends = await OffsetsAsync(partitions, OffsetSpec.Latest(), cancellationToken).ConfigureAwait(false);
        return groups.SelectMany(group => group.Partitions)
            .Sum(committed => ends[committed.TopicPartition] - Math.Max(committed.Offset, begins[committed.TopicPartition]));
    }

    /// <summary>How many messages partitions hold.</summary>
    private async Task<long> CountAsync(TopicPartition[] partitions, CancellationToken cancellationToken)
    {
        var begins = await OffsetsAsync(partitions, OffsetSpec.Earliest(), cancellationToken).ConfigureAwait(false);
        var ends = await OffsetsAsync(partitions, OffsetSpec.Latest(), cancellationToken).ConfigureAwait(false);
        return ends.Values.Sum() - begins.Values.Sum();
    }

    private async Task<Dictionary<TopicPartition, long>> OffsetsAsync(
        TopicPartition[] partitions, OffsetSpec which, CancellationToken cancellationToken)
    {
        if (partitions.Length == 0)
        {
            return [];
        }

        ListOffsetsResult result = await client.Value.ListOffsetsAsync(
            partitions.Select(partition => new TopicPartitionOffsetSpec { TopicPartition = partition, OffsetSpec = which }),
            new ListOffsetsOptions { RequestTimeout = AskTime }).WaitAsync(cancellationToken).ConfigureAwait(false);
        return result.ResultInfos.Select(info => info.TopicPartitionOffsetError)
            .ToDictionary(offset => offset.TopicPartition, offset => offset.Offset.Value);
    }

    /// <summary>The partitions of a topic; none if there is no such topic yet. It does not make the brokers create one.</summary>
    private async Task<TopicPartition[]> PartitionsAsync(string topic, CancellationToken cancellationToken)
    {
        try
        {
            DescribeTopicsResult result = await client.Value.DescribeTopicsAsync(
                TopicCollection.OfTopicNames([topic]),
                new DescribeTopicsOptions { RequestTimeout = AskTime }).WaitAsync(cancellationToken).ConfigureAwait(false);
            return
            [
                .. from description in result.TopicDescriptions
                   from partition in description.Partitions
                   select new TopicPartition(topic, partition.Partition),
            ];
        }
        catch (DescribeTopicsException exception)
            when (exception.Results.TopicDescriptions.All(description => description.Error.Code == ErrorCode.UnknownTopicOrPart))
        {
            return [];
        }
    }

    private sealed record Reading(long? Lag, long? DeadLetters, string? Fault);
}
