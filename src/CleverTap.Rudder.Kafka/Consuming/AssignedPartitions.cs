using CleverTap.Rudder.Internal.Kafka.Telemetry;
using Confluent.Kafka;

namespace CleverTap.Rudder.Internal.Kafka.Consuming;

/// <summary>The partitions that are this worker's now. Only the consume loop calls it, and only it touches the consumer.</summary>
/// <param name="context">What the partitions share.</param>
/// <param name="outOfTime">Fires when the host's time to stop is up.</param>
internal sealed class AssignedPartitions(ConsumerContext context, CancellationToken outOfTime)
{
    /// <summary>How long a partition whose time is up may take to end.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly Dictionary<int, AssignedPartition> all = [];

    /// <summary>How many events were left to the next worker when partitions were handed over last.</summary>
    public int RemainingCount { get; private set; }

    /// <summary>Adds partitions to those that it has: a cooperative group assigns the difference, which may be nothing.</summary>
    public void Assign(IReadOnlyCollection<TopicPartition> partitions)
    {
        if (partitions.Count == 0)
        {
            return;
        }

        foreach (TopicPartition partition in partitions)
        {
            Add(partition);
        }

        Publish();
        context.Logger.Assigned(context.Options.Topic, Names(partitions));
    }

    /// <summary>Adds a message to its partition, and pauses the partition if it is full then.</summary>
    public void Add(IConsumer<byte[]?, byte[]?> consumer, ConsumeResult<byte[]?, byte[]?> message)
    {
        if (!all.TryGetValue(message.Partition, out AssignedPartition? partition))
        {
            return;
        }

        if (message.Offset <= partition.Processor.LastOffset)
        {
            // The partition was truncated or made anew: offsets of before mean nothing any more.
            DropLost([partition.Partition]);
            partition = Add(message.TopicPartition);
            Publish();
        }

        partition.Processor.Add(message);
        partition.PauseIfFull(consumer);
    }

    /// <summary>Stores how far the partitions are, for the client to commit, and lets those flow again that have room.</summary>
    public void StoreOffsetsAndResume(IConsumer<byte[]?, byte[]?> consumer)
    {
        bool isFlushRequested = context.Flushes.IsRequested;
        foreach (AssignedPartition partition in all.Values)
        {
            partition.StoreOffset(consumer);
            partition.ResumeIfPossible(consumer);
            if (isFlushRequested)
            {
                partition.Processor.Wake();
            }
        }
    }

    /// <summary>
    /// Lets what was read be delivered, as far as there is time, and stores how far the partitions are. What has no final outcome by then
    /// is the next worker's.
    /// </summary>
    public void HandOver(IConsumer<byte[]?, byte[]?> consumer, IReadOnlyCollection<TopicPartition> partitions)
    {
        List<AssignedPartition> leaving = Remove(partitions);
        using var deadline = new CancellationTokenSource(context.Options.ShutdownDeadline, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, outOfTime);
        Task stopped = Task.WhenAll(leaving.Select(partition => partition.Processor.StopAsync(either.Token)));
        Wait(stopped.WaitAsync(either.Token));
        Wait(stopped.WaitAsync(Grace, context.Time, CancellationToken.None));
        foreach (AssignedPartition partition in leaving)
        {
            partition.StoreOffset(consumer);
        }

        RemainingCount = leaving.Sum(partition => partition.Processor.PendingCount);
        context.Logger.HandedOver(context.Options.Topic, Names(partitions), RemainingCount);
    }

    /// <summary>Another worker may have the partitions already: nothing of them is stored.</summary>
    public void DropLost(IReadOnlyCollection<TopicPartition> partitions)
    {
        foreach (AssignedPartition partition in Remove(partitions))
        {
            _ = partition.Processor.StopAsync(new CancellationToken(canceled: true));
        }

        context.Logger.Lost(context.Options.Topic, Names(partitions));
    }

    /// <summary>The consumer is gone.</summary>
    public void DropAll()
    {
        if (all.Count > 0)
        {
            DropLost([.. all.Values.Select(partition => partition.Partition)]);
        }
    }

    private static string Names(IEnumerable<TopicPartition> partitions) =>
        string.Join(',', partitions.Select(partition => partition.Partition.Value));

    /// <summary>A rebalance goes on when its handler returns: there is nothing to do for this thread but wait.</summary>
    private static void Wait(Task task) => task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();

    private void Publish()
    {
        context.Quota.Divide(all.Count);
        context.Assigned = [.. all.Values];
    }

    private AssignedPartition Add(TopicPartition partition)
    {
        var added = new AssignedPartition(partition, new PartitionProcessor(context));
        all[partition.Partition] = added;
        added.Processor.Start();
        return added;
    }

    private List<AssignedPartition> Remove(IEnumerable<TopicPartition> partitions)
    {
        List<AssignedPartition> removed = [];
        foreach (TopicPartition partition in partitions)
        {
            if (all.Remove(partition.Partition, out AssignedPartition? one))
            {
                removed.Add(one);
            }
        }

        Publish();
        return removed;
    }
}
