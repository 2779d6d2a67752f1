using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder;

/// <summary>The partitions that are this worker's at the moment. Only the consume loop calls it, and only it touches the consumer.</summary>
internal sealed class AssignedPartitions(Worker worker)
{
    /// <summary>How long a batch whose time is up may take to notice.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly Dictionary<int, AssignedPartition> all = [];

    /// <summary>Takes partitions on, beside those that it has: a cooperative group hands out the difference, which may be nothing.</summary>
    public void Assign(IReadOnlyCollection<TopicPartition> partitions)
    {
        if (partitions.Count == 0) return;
        foreach (TopicPartition partition in partitions) all[partition.Partition] = new AssignedPartition(partition, new PartitionWork(partition.Partition, worker));
        worker.Shares.Deal(all.Count);
        worker.Logger.Assigned(worker.Options.Topic, Names(partitions));
    }

    /// <summary>Takes a message in, and pauses its partition where that has its share by now.</summary>
    public void Take(IConsumer<byte[]?, byte[]?> consumer, ConsumeResult<byte[]?, byte[]?> message)
    {
        if (!all.TryGetValue(message.Partition, out AssignedPartition? partition)) return;
        partition.Work.Add(message);
        partition.PauseIfFull(consumer, worker.Shares.Waiting);
    }

    /// <summary>Stores how far the partitions are, for the client to commit, and lets those flow again that have room.</summary>
    public void Tend(IConsumer<byte[]?, byte[]?> consumer)
    {
        foreach (AssignedPartition partition in all.Values)
        {
            partition.Store(consumer);
            partition.ResumeIfHalfEmpty(consumer, worker.Shares.Waiting);
        }
    }

    /// <summary>
    /// Lets the batches under way finish, as far as there is time, and stores how far the partitions are. What is not final
    /// by then is the next worker's.
    /// </summary>
    public void HandOver(IConsumer<byte[]?, byte[]?> consumer, IReadOnlyCollection<TopicPartition> partitions)
    {
        List<AssignedPartition> leaving = Remove(partitions);
        int held = leaving.Sum(partition => partition.Work.Waiting);
        foreach (AssignedPartition partition in leaving) partition.Work.End();
        Task finished = Task.WhenAll(leaving.Select(partition => partition.Work.Finished));
        if (!Wait(finished, worker.Options.ShutdownDeadline))
        {
            foreach (AssignedPartition partition in leaving) partition.Work.GiveUp();
            Wait(finished, Grace);
        }

        foreach (AssignedPartition partition in leaving) partition.Store(consumer);
        worker.Logger.HandedOver(worker.Options.Topic, Names(partitions), held);
    }

    /// <summary>Another worker may have the partitions already: nothing of them is stored.</summary>
    public void Lose(IReadOnlyCollection<TopicPartition> partitions)
    {
        foreach (AssignedPartition partition in Remove(partitions))
        {
            partition.Work.End();
            partition.Work.GiveUp();
        }

        worker.Logger.Lost(worker.Options.Topic, Names(partitions));
    }

    /// <summary>The consumer is gone.</summary>
    public void LoseAll()
    {
        if (all.Count > 0) Lose([.. all.Values.Select(partition => partition.Partition)]);
    }

    private static string Names(IEnumerable<TopicPartition> partitions) => string.Join(',', partitions.Select(partition => partition.Partition.Value));

    private List<AssignedPartition> Remove(IEnumerable<TopicPartition> partitions)
    {
        List<AssignedPartition> removed = [];
        foreach (TopicPartition partition in partitions)
        {
            if (all.Remove(partition.Partition, out AssignedPartition? one)) removed.Add(one);
        }

        worker.Shares.Deal(all.Count);
        return removed;
    }

    /// <summary>A rebalance goes on when its handler returns: there is nothing to do for this thread but wait.</summary>
    private bool Wait(Task finished, TimeSpan atMost)
    {
        finished.WaitAsync(atMost, worker.Time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
        return finished.IsCompleted;
    }
}
