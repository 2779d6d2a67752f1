using CleverTap.Rudder.Internal.Kafka.Client;
using Confluent.Kafka;

namespace CleverTap.Rudder.Internal.Kafka.Consuming;

/// <summary>Manages the partitions that are assigned to this worker. Only the consumer loop calls it, on its own thread.</summary>
/// <param name="context">The dependencies that the partitions share.</param>
/// <param name="stopDeadline">Fires when the time for the stop is over.</param>
internal sealed class AssignedPartitions(ConsumerContext context, CancellationToken stopDeadline)
{
    /// <summary>How long a partition may take to end after the deadline.</summary>
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(2);

    private readonly Dictionary<int, AssignedPartition> assigned = [];

    /// <summary>The number of events that the last hand-over left to the next worker.</summary>
    public int RemainingCount { get; private set; }

    /// <summary>Adds newly assigned partitions. A cooperative group assigns only the difference, which may be empty.</summary>
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

        UpdateContext();
        context.Logger.Assigned(context.Options.Topic, FormatNumbers(partitions));
    }

    /// <summary>Adds a message to its partition, and pauses the partition if it is then full.</summary>
    public void Add(IConsumer<byte[]?, byte[]?> consumer, ConsumeResult<byte[]?, byte[]?> message)
    {
        if (!assigned.TryGetValue(message.Partition, out AssignedPartition? partition))
        {
            return;
        }

        if (message.Offset <= partition.Processor.LastOffset)
        {
            context.Logger.Truncated(context.Options.Topic, message.Partition, message.Offset);
            partition.Restart(CreateProcessor());
        }

        partition.Processor.Add(message);
        partition.PauseIfFull(consumer);
    }

    /// <summary>Stores the offsets of all partitions for the client to commit, and resumes partitions that have capacity again.</summary>
    public void StoreOffsetsAndResume(IConsumer<byte[]?, byte[]?> consumer)
    {
        bool isFlushRequested = context.Flushes.IsRequested;
        foreach (AssignedPartition partition in assigned.Values)
        {
            partition.StoreOffset(consumer);
            partition.ResumeIfPossible(consumer);
            if (isFlushRequested)
            {
                partition.Processor.Wake();
            }
        }
    }

    /// <summary>Delivers the events in flight until the deadline, stores the offsets and releases the partitions.</summary>
    /// <remarks>Events without a final outcome are left to the next worker.</remarks>
    public void HandOver(IConsumer<byte[]?, byte[]?> consumer, IReadOnlyCollection<TopicPartition> partitions)
    {
        List<AssignedPartition> leaving = Remove(partitions);
        using var deadline = new CancellationTokenSource(context.Options.ShutdownDeadline, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopDeadline);
        Task stopped = Task.WhenAll(leaving.Select(partition => partition.StopAsync(either.Token)));
        Wait(stopped.WaitAsync(either.Token));
        Wait(stopped.WaitAsync(GracePeriod, context.Time, CancellationToken.None));
        foreach (AssignedPartition partition in leaving)
        {
            partition.StoreOffset(consumer);
        }

        RemainingCount = leaving.Sum(partition => partition.Processor.PendingCount);
        context.Logger.HandedOver(context.Options.Topic, FormatNumbers(partitions), RemainingCount);
    }

    /// <summary>Drops partitions that another worker may own already, without storing offsets.</summary>
    public void DropLost(IReadOnlyCollection<TopicPartition> partitions)
    {
        foreach (AssignedPartition partition in Remove(partitions))
        {
            _ = partition.StopAsync(new CancellationToken(canceled: true));
        }

        context.Logger.Lost(context.Options.Topic, FormatNumbers(partitions));
    }

    /// <summary>Drops all partitions, because the consumer is closed.</summary>
    public void DropAll()
    {
        if (assigned.Count > 0)
        {
            DropLost([.. assigned.Values.Select(partition => partition.Partition)]);
        }
    }

    private static string FormatNumbers(IEnumerable<TopicPartition> partitions) =>
        string.Join(',', partitions.Select(partition => partition.Partition.Value));

    /// <summary>Blocks, because a rebalance continues when its handler returns.</summary>
    private static void Wait(Task task) => task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();

    private void UpdateContext()
    {
        context.Quota.Divide(assigned.Count);
        context.Assigned = [.. assigned.Values];
    }

    private AssignedPartition Add(TopicPartition partition)
    {
        var added = new AssignedPartition(partition, CreateProcessor());
        assigned[partition.Partition] = added;
        return added;
    }

    private PartitionProcessor CreateProcessor()
    {
        var processor = new PartitionProcessor(context);
        processor.Start();
        return processor;
    }

    private List<AssignedPartition> Remove(IEnumerable<TopicPartition> partitions)
    {
        List<AssignedPartition> removed = [];
        foreach (TopicPartition partition in partitions)
        {
            if (assigned.Remove(partition.Partition, out AssignedPartition? found))
            {
                removed.Add(found);
            }
        }

        UpdateContext();
        return removed;
    }
}
