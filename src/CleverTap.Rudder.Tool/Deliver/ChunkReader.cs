namespace Quickstart;

/// <summary>Gathers lines until there are enough for an upload, or until the input makes us wait for more.</summary>
internal sealed class ChunkReader(InputReader reader)
{
    private const int MaxLines = 1000;
    private const int MaxBytes = 4 * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private Task<InputLine?>? pending;

    /// <summary>The next lines, their bytes their own; none at the end.</summary>
    /// <exception cref="OperationCanceledException">Cancelled, with no line in hand.</exception>
    public async Task<IReadOnlyList<InputLine>> ReadAsync(CancellationToken cancellationToken)
    {
        List<InputLine> chunk = [];
        int bytes = 0;
        try
        {
            while (chunk.Count < MaxLines && bytes < MaxBytes)
            {
                ValueTask<InputLine?> next = pending is null ? reader.ReadAsync(cancellationToken) : new ValueTask<InputLine?>(pending);
                pending = null;
                if (!next.IsCompleted && chunk.Count > 0)
                {
                    pending = next.AsTask();
                    if (await Task.WhenAny(pending, Task.Delay(Patience, CancellationToken.None)) != pending)
                    {
                        break;
                    }

                    continue;
                }

                if (await next is not { } line)
                {
                    break;
                }

                chunk.Add(line with { Event = line.Event.ToArray() });
                bytes += line.Event.Length;
            }
        }
        catch (Exception exception) when (chunk.Count > 0 && exception is OperationCanceledException or IOException)
        {
            // What was read gets its outcome first; asked again, the input gives the same response.
        }

        return chunk;
    }
}
