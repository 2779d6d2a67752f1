using Confluent.Kafka;

namespace CleverTap.Rudder;

/// <summary>A partition of this worker's: how far it is for the consumer, and whether it flows.</summary>
internal sealed class AssignedPartition(TopicPartition partition, PartitionProcessor processor)
{
    private Offset stored = Offset.Unset;

    // Null at the beginning: the client remembers a pause from when the partition was this worker's before.
    private bool? isPaused;

    public TopicPartition Partition => partition;

    public PartitionProcessor Processor => processor;

    /// <summary>What is stored is committed before long.</summary>
    public void Store(IConsumer<byte[]?, byte[]?> consumer)
    {
        Offset position = processor.Position;
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

    public void ResumeIfHalfEmpty(IConsumer<byte[]?, byte[]?> consumer)
    {
        if (isPaused is null || (isPaused == true && processor.HasRoom))
        {
            consumer.Resume([partition]);
            isPaused = false;
        }
    }
}
