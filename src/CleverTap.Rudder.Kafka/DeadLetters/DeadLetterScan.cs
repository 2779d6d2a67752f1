using Confluent.Kafka;

namespace CleverTap.Rudder.Internal.Kafka.DeadLetters;

/// <summary>
/// Which letters of the topic are open, found by reading all of it: those that no later message says are settled. It also remembers how
/// far each partition was read.
/// </summary>
internal sealed class DeadLetterScan
{
    private readonly SortedSet<DeadLetterPosition> open = [];
    private readonly Dictionary<int, long> begins = [];
    private readonly Dictionary<int, long> ends = [];

    /// <summary>The open letters, by partition and offset.</summary>
    public IReadOnlyCollection<DeadLetterPosition> Open => open;

    /// <summary>Adds the next message of a partition.</summary>
    public void Add(ConsumeResult<byte[]?, byte[]?> message)
    {
        int partition = message.Partition;
        begins.TryAdd(partition, message.Offset);
        ends[partition] = message.Offset + 1;
        if (DeadLetterHeaders.ReadSettledOffsets(message.Message.Headers) is { } offsets)
        {
            open.ExceptWith(offsets.Select(offset => new DeadLetterPosition(partition, offset)));
        }
        else
        {
            open.Add(new DeadLetterPosition(partition, message.Offset));
        }
    }

    /// <summary>The open letters with these ids; all if there are none.</summary>
    public DeadLetterPosition[] Select(DeadLetterPosition[]? positions) =>
        positions is null ? [.. open] : [.. positions.Distinct().Where(open.Contains).Order()];

    /// <summary>The open letters behind a place, or from the beginning.</summary>
    public IEnumerable<DeadLetterPosition> GetOpenAfter(DeadLetterPosition? place) =>
        place is { } last ? open.Where(position => position.CompareTo(last) > 0) : open;

    /// <summary>The letters are settled.</summary>
    public void Settle(IEnumerable<DeadLetterPosition> positions) => open.ExceptWith(positions);

    /// <summary>Up to where the partitions hold nothing that is open; without those in which that is nothing.</summary>
    public IEnumerable<DeadLetterPosition> FindDeletableRecords()
    {
        foreach ((int partition, long begin) in begins)
        {
            DeadLetterPosition[] left = [.. open.Where(position => position.Partition == partition).Take(1)];
            long end = left.Length > 0 ? left[0].Offset : ends[partition];
            if (end > begin)
            {
                yield return new DeadLetterPosition(partition, end);
            }
        }
    }
}
