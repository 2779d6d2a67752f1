namespace CleverTap.Rudder.Benchmarks.Generation;

/// <summary>Generated events in memory, one line each.</summary>
internal static class GeneratedLines
{
    public static IEnumerable<ReadOnlyMemory<byte>> Of(int count)
    {
        var stream = new MemoryStream();
        new EventGenerator(seed: 1).WriteLines(stream, count);
        return Split(stream.GetBuffer().AsMemory(0, (int)stream.Length));
    }

    /// <summary>The lines of a text that are not blank.</summary>
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
