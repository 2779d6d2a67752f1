using CleverTap.Rudder.Internal.Kafka.DeadLetters;
using Confluent.Kafka;

namespace CleverTap.Rudder.Internal.Kafka.Queue;

/// <summary>Finds the open letters of the topic: those that no later message settles.</summary>
/// <remarks>Every message of the topic must be added. The scan also remembers the first and last offset of each partition.</remarks>
internal sealed class DeadLetterScan
{
    private readonly SortedSet<DeadLetterPosition> open = [];
    private readonly Dictionary<int, long> firstOffsets = [];
    private readonly Dictionary<int, long> endOffsets = [];

    /// <summary>The open letters, sorted by partition and offset.</summary>
    public IReadOnlyCollection<DeadLetterPosition> Open => open;

    /// <summary>Adds the next message of a partition.</summary>
    public void Add(ConsumeResult<byte[]?, byte[]?> message)
    {
        int partition = message.Partition;
        firstOffsets.TryAdd(partition, message.Offset);
        endOffsets[partition] = message.Offset + 1;
        if (DeadLetterHeaders.ReadSettledOffsets(message.Message.Headers) is { } offsets)
        {
            open.ExceptWith(offsets.Select(offset => new DeadLetterPosition(partition, offset)));
        }
        else
        {
            open.Add(new DeadLetterPosition(partition, message.Offset));
        }
    }

    /// <summary>Gets the open letters at these positions, or all open letters if the positions are null.</summary>
    public DeadLetterPosition[] Select(DeadLetterPosition[]? positions) =>
        positions is null ? [.. open] : [.. positions.Distinct().Where(open.Contains).Order()];

    /// <summary>Gets the open letters after a position, or all open letters if the position is null.</summary>
    public IEnumerable<DeadLetterPosition> GetOpenAfter(DeadLetterPosition? after) =>
        after is { } last ? open.Where(position => position.CompareTo(last) > 0) : open;

    /// <summary>Marks letters as settled.</summary>
    public void Settle(IEnumerable<DeadLetterPosition> positions) => open.ExceptWith(positions);

    /// <summary>Finds the offset before which each partition has no open letter, for partitions that have records before it.</summary>
    public IEnumerable<DeadLetterPosition> FindDeletableRecords()
    {
        foreach ((int partition, long first) in firstOffsets)
        {
            DeadLetterPosition[] firstOpen = [.. open.Where(position => position.Partition == partition).Take(1)];
            long end = firstOpen.Length > 0 ? firstOpen[0].Offset : endOffsets[partition];
            if (end > first)
            {
                yield return new DeadLetterPosition(partition, end);
            }
        }
    }
}
