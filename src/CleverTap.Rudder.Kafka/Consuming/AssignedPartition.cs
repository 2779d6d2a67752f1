using Confluent.Kafka;

namespace CleverTap.Rudder.Internal.Kafka.Consuming;

/// <summary>Stores the offset of an assigned partition, and pauses and resumes the partition.</summary>
internal sealed class AssignedPartition(TopicPartition partition, PartitionProcessor processor)
{
    private readonly List<PartitionProcessor> truncated = [];
    private Offset storedOffset = Offset.Unset;

    // Null at first: the client remembers a pause of an earlier assignment.
    private bool? isPaused;

    public TopicPartition Partition => partition;

    public PartitionProcessor Processor { get; private set; } = processor;

    /// <summary>Continues with a new processor, because the partition was truncated or created again.</summary>
    /// <remarks>
    /// Earlier offsets are invalid. The previous processor delivers the events that it holds, which no broker has any more.
    /// </remarks>
    public void Restart(PartitionProcessor replacement)
    {
        Processor.IsTruncated = true;
        truncated.Add(Processor);
        Processor = replacement;
        storedOffset = Offset.Unset;
    }

    /// <summary>Delivers the events that were read until the deadline.</summary>
    public Task StopAsync(CancellationToken deadline) =>
        Task.WhenAll(truncated.Append(Processor).Select(stopped => stopped.StopAsync(deadline)));

    /// <summary>Stores the commit offset; the client commits stored offsets periodically.</summary>
    public void StoreOffset(IConsumer<byte[]?, byte[]?> consumer)
    {
        Offset offset = Processor.CommitOffset;
        if (offset == storedOffset)
        {
            return;
        }

        try
        {
            consumer.StoreOffset(new TopicPartitionOffset(partition, offset));
            storedOffset = offset;
        }
        catch (KafkaException)
        {
            // The partition is no longer assigned; the handler for that has not been called yet.
        }
    }

    public void PauseIfFull(IConsumer<byte[]?, byte[]?> consumer)
    {
        if (isPaused != true && Processor.IsFull)
        {
            consumer.Pause([partition]);
            isPaused = true;
        }
    }

    public void ResumeIfPossible(IConsumer<byte[]?, byte[]?> consumer)
    {
        if (isPaused is null || (isPaused == true && Processor.CanResume))
        {
            consumer.Resume([partition]);
            WakeFetcher(consumer);
            isPaused = false;
        }
    }

    /// <summary>Makes the client fetch at once after a resume, by a seek to the current position.</summary>
    /// <remarks>Without the seek, the client notices a resume at its next action for the broker, up to a second later.</remarks>
    private void WakeFetcher(IConsumer<byte[]?, byte[]?> consumer)
    {
        if (Processor.LastOffset < 0)
        {
            return;
        }

        try
        {
            consumer.Seek(new TopicPartitionOffset(partition, Processor.LastOffset + 1));
        }
        catch (KafkaException)
        {
            // The partition is no longer assigned, or has no leader: it resumes when that changes.
        }
    }
}
