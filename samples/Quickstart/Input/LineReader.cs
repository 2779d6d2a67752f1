using CleverTap.Rudder;

namespace Quickstart;

/// <summary>
/// Cuts a stream into lines: LF or CRLF, with or without a byte order mark, with or without a line end at the end. A line
/// beyond <see cref="MaxLineBytes"/> is passed over without being held, so that no input can take all memory.
/// </summary>
internal sealed class LineReader(Stream stream)
{
    /// <summary>The largest event, and room for the envelope around it.</summary>
    public const int MaxLineBytes = MappingOptions.DefaultMaxEventBytes + EnvelopeRoom;

    private const int EnvelopeRoom = 64 * 1024;

    private byte[] buffer = new byte[256 * 1024];
    private int start;
    private int searched;
    private int end;
    private bool isSkipping;
    private bool isEnded;

    public long BytesRead { get; private set; }

    /// <summary>The next line; null at the end.</summary>
    public async ValueTask<RawLine?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryTake(out RawLine line))
            {
                return line;
            }

            if (isEnded)
            {
                return null;
            }

            await FillAsync(cancellationToken);
        }
    }

    private bool TryTake(out RawLine line)
    {
        line = default;
        int length = buffer.AsSpan(searched, end - searched).IndexOf((byte)'\n');
        if (length < 0)
        {
            searched = end;
            if (end - start > MaxLineBytes)
            {
                isSkipping = true;
            }

            if (isSkipping)
            {
                start = searched = end = 0;
            }

            if (!isEnded || (start == end && !isSkipping))
            {
                return false;
            }
        }

        int lineEnd = length < 0 ? end : searched + length;
        ReadOnlyMemory<byte> bytes = buffer.AsMemory(start, lineEnd - start);
        line = isSkipping
            ? new RawLine(default, IsTooLong: true)
            : new RawLine(bytes.Span.EndsWith("\r"u8) ? bytes[..^1] : bytes, IsTooLong: false);
        start = searched = length < 0 ? end : lineEnd + 1;
        isSkipping = false;
        return true;
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            searched -= start;
            end -= start;
            start = 0;
        }

        if (end == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        // A terminal's or pipe's read does not listen to the token: it is left behind where the run is cancelled.
        Memory<byte> room = buffer.AsMemory(end);
        int read = await Task.Run(() => stream.Read(room.Span), cancellationToken).WaitAsync(cancellationToken);
        end += read;
        isEnded = read == 0;
        if (BytesRead < ByteOrderMark.Length && BytesRead + read >= ByteOrderMark.Length && buffer.AsSpan(0, end).StartsWith(ByteOrderMark))
        {
            start = searched = ByteOrderMark.Length;
        }

        BytesRead += read;
    }

    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;
}
