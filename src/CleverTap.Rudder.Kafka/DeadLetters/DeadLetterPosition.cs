using System.Globalization;

namespace CleverTap.Rudder.Internal.Kafka.DeadLetters;

/// <summary>The partition and offset of a dead letter; its id is <c>partition/offset</c>.</summary>
internal readonly record struct DeadLetterPosition(int Partition, long Offset) : IComparable<DeadLetterPosition>
{
    /// <exception cref="FormatException">The text is not a position.</exception>
    public static DeadLetterPosition Parse(string id)
    {
        string[] parts = id.Split('/');
        return
            parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int partition)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long offset)
            ? new DeadLetterPosition(partition, offset)
            : throw new FormatException("The id of a dead letter in a topic must be its partition and offset, such as 0/42.");
    }

    public int CompareTo(DeadLetterPosition other) =>
        Partition == other.Partition ? Offset.CompareTo(other.Offset) : Partition.CompareTo(other.Partition);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Partition}/{Offset}");
}
