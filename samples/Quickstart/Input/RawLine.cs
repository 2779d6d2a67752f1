namespace Quickstart;

/// <summary>A line without its line end. Its bytes are good until the next line is read.</summary>
internal readonly record struct RawLine(ReadOnlyMemory<byte> Bytes, bool IsTooLong)
{
    public bool IsBlank => !IsTooLong && !Bytes.Span.ContainsAnyExcept(" \t\r"u8);
}
