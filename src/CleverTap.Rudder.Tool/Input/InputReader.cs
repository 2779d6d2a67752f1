using System.Text;

namespace CleverTap.Rudder.Tool.Input;

/// <summary>
/// Reads the events of the input, also those inside the batch bodies of RudderStack's HTTP API. A blank line counts as an invalid event,
/// so that line numbers and indexes stay in step, but not at the end, where files have them by accident.
/// </summary>
internal sealed class InputReader(InputFile input)
{
    private static readonly EventError Blank = new(EventErrorCode.NotJson, "", "The line is blank", "a JSON object in UTF-8");
    private static readonly EventError EmptyBatch = new(EventErrorCode.WrongKind, "batch", "The batch is empty", "an array of events");

    private static readonly EventError TooLarge = new(
        EventErrorCode.TooLarge,
        "",
        $"The event is larger than {MappingOptions.DefaultMaxEventBytes} bytes",
        $"at most {MappingOptions.DefaultMaxEventBytes} bytes"
    );

    private readonly EnvelopeReader envelopes = new();
    private readonly Queue<InputLine> batch = new();
    private EventSplitter? splitter;
    private RawEvent? held;
    private long blanks;

    /// <summary>Gets the number of events read so far, invalid ones included.</summary>
    public long Count { get; private set; }

    /// <summary>Gets the line of the last event that was read, counted from 1; 0 before the first.</summary>
    public long LastLine { get; private set; }

    /// <summary>The next event; null at the end.</summary>
    /// <exception cref="InputException">The input cannot be read to its end.</exception>
    public async ValueTask<InputLine?> ReadAsync(CancellationToken cancellationToken)
    {
        if (batch.TryDequeue(out InputLine inBatch))
        {
            return inBatch;
        }

        while (held is null)
        {
            if (await ReadPartAsync(cancellationToken) is not { } part)
            {
                return null;
            }

            if (part.IsBlank)
            {
                blanks++;
            }
            else
            {
                held = part;
            }
        }

        if (blanks > 0)
        {
            blanks--;
            return new InputLine(Count++, held.Value.Line - blanks - 1, default, null, Blank);
        }

        RawEvent raw = held.Value;
        held = null;
        LastLine = raw.Line;
        return Open(raw);
    }

    private async ValueTask<RawEvent?> ReadPartAsync(CancellationToken cancellationToken)
    {
        try
        {
            splitter ??= new EventSplitter(await input.OpenTextAsync(cancellationToken));
            return await splitter.ReadAsync(cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            throw new InputException($"the gzip data is damaged after event {Count}", exception);
        }
        catch (IOException exception) when (exception is not InputException)
        {
            throw new InputException($"the input cannot be read after event {Count}: {exception.Message}", exception);
        }
    }

    private InputLine Open(in RawEvent raw)
    {
        if (raw.IsTooLong)
        {
            return new InputLine(Count++, raw.Line, default, null, TooLarge);
        }

        if (EnvelopeReader.IsBatch(raw.Bytes.Span))
        {
            return OpenBatch(raw);
        }

        InputLine read = envelopes.Read(Count++, raw.Line, raw.Bytes);
        return read.Event.Length > MappingOptions.DefaultMaxEventBytes ? read with { Error = TooLarge } : read;
    }

    private InputLine OpenBatch(in RawEvent raw)
    {
        foreach (BatchElement element in RudderEvent.ReadBatch(raw.Bytes))
        {
            ReadOnlyMemory<byte> json = element.Event is null ? default : Encoding.UTF8.GetBytes(element.Event.ToJson());
            batch.Enqueue(new InputLine(Count++, raw.Line, json, null, element.Error));
        }

        return batch.TryDequeue(out InputLine first) ? first : new InputLine(Count++, raw.Line, default, null, EmptyBatch);
    }
}
