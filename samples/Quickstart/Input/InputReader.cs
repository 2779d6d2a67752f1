using CleverTap.Rudder;

namespace Quickstart;

/// <summary>
/// Reads the input line by line. A blank line counts, so that line N stays line N, but not at the end, where files have them
/// by accident.
/// </summary>
internal sealed class InputReader(Stream stream)
{
    private static readonly EventError Blank = new(EventErrorCode.NotJson, "", "The line is blank", "a JSON object in UTF-8");

    private static readonly EventError TooLarge = new(
        EventErrorCode.TooLarge,
        "",
        $"The event is larger than {MappingOptions.DefaultMaxEventBytes} bytes",
        $"at most {MappingOptions.DefaultMaxEventBytes} bytes"
    );

    private readonly LineReader lines = new(stream);
    private readonly EnvelopeReader envelopes = new();
    private RawLine? held;
    private long blanks;

    public long BytesRead => lines.BytesRead;

    /// <summary>How many lines were read.</summary>
    public long Count { get; private set; }

    /// <summary>The next line; null at the end.</summary>
    public async ValueTask<InputLine?> ReadAsync(CancellationToken cancellationToken)
    {
        while (held is null)
        {
            if (await lines.ReadAsync(cancellationToken) is not { } line)
            {
                return null;
            }

            if (line.IsBlank)
            {
                blanks++;
            }
            else
            {
                held = line;
            }
        }

        long index = Count++;
        if (blanks > 0)
        {
            blanks--;
            return new InputLine(index, default, null, Blank);
        }

        RawLine raw = held.Value;
        held = null;
        if (raw.IsTooLong)
        {
            return new InputLine(index, default, null, TooLarge);
        }

        InputLine read = envelopes.Read(index, raw.Bytes);
        return read.Event.Length > MappingOptions.DefaultMaxEventBytes ? read with { Error = TooLarge } : read;
    }
}
