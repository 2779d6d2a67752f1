namespace CleverTap.Rudder.Benchmarks.Generation;

/// <summary>Creates generated events in memory, one per line.</summary>
internal static class GeneratedLines
{
    /// <param name="count">The number of events.</param>
    /// <param name="type">The type of all events; null for a mixture.</param>
    public static IEnumerable<ReadOnlyMemory<byte>> Create(int count, string? type = null)
    {
        var stream = new MemoryStream();
        new EventGenerator(seed: 1).WriteLines(stream, count, type);
        return Split(stream.GetBuffer().AsMemory(0, (int)stream.Length));
    }

    /// <summary>Splits a text into its lines and omits blank lines.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> text)
    {
        while (!text.IsEmpty)
        {
            int end = text.Span.IndexOf((byte)'\n');
            ReadOnlyMemory<byte> line = end < 0 ? text : text[..end];
            if (!line.Span.Trim(" \r\t"u8).IsEmpty)
            {
                yield return line;
            }

            text = end < 0 ? default : text[(end + 1)..];
        }
    }
}
