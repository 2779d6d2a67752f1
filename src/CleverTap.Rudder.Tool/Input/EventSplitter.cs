namespace CleverTap.Rudder.Tool.Input;

/// <summary>
/// Splits a text into events: one a line (NDJSON), the elements of a JSON array, or JSON values that span several lines.
/// </summary>
/// <remarks>
/// A part beyond <see cref="MaxBytes"/> is skipped without being held, so that no input can take all memory. A byte order mark and the
/// kind of line end do not matter.
/// </remarks>
internal sealed class EventSplitter(Stream stream)
{
    /// <summary>The largest part in bytes: a body of RudderStack's HTTP API has at most 4 MB, and this leaves room.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private byte[] buffer = new byte[256 * 1024];
    private int start;
    private int end;
    private bool isEnded;
    private bool isSkipping;
    private long line = 1;
    private IPartFinder? finder;

    /// <summary>The next part; null at the end.</summary>
    /// <exception cref="InputException">Something is missing at the end.</exception>
    public async ValueTask<RawEvent?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryTake(out RawEvent part))
            {
                return part;
            }

            if (isEnded)
            {
                return finder?.MissingEnd is { } missing ? throw new InputException($"the input lacks {missing}") : null;
            }

            await FillAsync(cancellationToken);
        }
    }

    private bool TryTake(out RawEvent part)
    {
        part = default;
        if (finder is null && !TryChooseFinder())
        {
            return false;
        }

        ReadOnlySpan<byte> unread = buffer.AsSpan(start, end - start);
        if (!finder!.TryFind(unread, isEnded, out PartRange found))
        {
            DropTooLong();
            return false;
        }

        line += unread[..found.Start].Count((byte)'\n');
        part = new RawEvent(line, isSkipping ? default : buffer.AsMemory(start + found.Start, found.Length), isSkipping);
        line += unread[found.Start..found.Next].Count((byte)'\n');
        start += found.Next;
        isSkipping = false;
        return true;
    }

    private bool TryChooseFinder()
    {
        if (!isEnded && end - start < ByteOrderMark.Length)
        {
            return false;
        }

        if (buffer.AsSpan(start, end - start).StartsWith(ByteOrderMark))
        {
            start += ByteOrderMark.Length;
        }

        finder = PartFinder.Choose(buffer.AsSpan(start, end - start), isEnded || end - start >= buffer.Length / 2);
        return finder is not null;
    }

    /// <summary>Drops what was read of a part that is too long. The finder remembers where in the part it is.</summary>
    private void DropTooLong()
    {
        if (finder is { PartLength: > MaxBytes })
        {
            isSkipping = true;
        }

        if (isSkipping)
        {
            int dropped = finder!.Drop();
            line += buffer.AsSpan(start, dropped).Count((byte)'\n');
            start += dropped;
        }
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
            start = 0;
        }

        if (end == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        // The read of a pipe or terminal does not listen to the token: it is left behind if the command is stopped.
        int read = await stream.ReadAsync(buffer.AsMemory(end), CancellationToken.None).AsTask().WaitAsync(cancellationToken);
        end += read;
        isEnded = read == 0;
    }
}
