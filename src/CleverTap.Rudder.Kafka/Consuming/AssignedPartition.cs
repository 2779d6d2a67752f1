using Confluent.Kafka;

namespace CleverTap.Rudder.Internal.Kafka.Consuming;

/// <summary>A partition of this worker's: how far it is for the consumer, and whether it flows.</summary>
internal sealed class AssignedPartition(TopicPartition partition, PartitionProcessor processor)
{
    private Offset stored = Offset.Unset;

    // Null at the beginning: the client remembers a pause from when the partition was this worker's before.
    private bool? isPaused;

    public TopicPartition Partition => partition;

    public PartitionProcessor Processor => processor;

    /// <summary>What is stored is committed before long.</summary>
    public void StoreOffset(IConsumer<byte[]?, byte[]?> consumer)
    {
        Offset position = processor.CommitOffset;
        if (position == stored)
        {
            return;
        }

        try
        {
            consumer.StoreOffset(new TopicPartitionOffset(partition, position));
            stored = position;
        }
        catch (KafkaException)
        {
            // The partition is not this worker's any more, and the handler that says so is still to come.
        }
    }

    public void PauseIfFull(IConsumer<byte[]?, byte[]?> consumer)
    {
        if (isPaused != true && processor.IsFull)
        {
            consumer.Pause([partition]);
            isPaused = true;
        }
    }

    public void ResumeIfPossible(IConsumer<byte[]?, byte[]?> consumer)
    {
        if (isPaused is null || (isPaused == true && processor.CanResume))
        {
            consumer.Resume([partition]);
            FetchNow(consumer);
            isPaused = false;
        }
    }

    /// <summary>
    /// The client notices a resume only with what it does next for the broker, which may be a second later if nothing else flows. To
    /// seek to where the partition is anyway wakes it.
    /// </summary>
    private void FetchNow(IConsumer<byte[]?, byte[]?> consumer)
    {
        if (processor.LastOffset < 0)
        {
            return;
        }

        try
        {
            consumer.Seek(new TopicPartitionOffset(partition, processor.LastOffset + 1));
        }
        catch (KafkaException)
        {
            // The partition is not this worker's any more, or has no leader now: it flows as soon as it can.
        }
    }
}
