namespace CleverTap.Rudder.Tool.Input;

/// <summary>A part of the input that should be one event. Its bytes are valid until the next part is read.</summary>
/// <param name="Line">The line on which it begins, counted from 1.</param>
/// <param name="Bytes">The text without white space around it; empty for a blank line or if it is too long.</param>
/// <param name="IsTooLong">Whether it is longer than <see cref="EventSplitter.MaxBytes"/>.</param>
internal readonly record struct RawEvent(long Line, ReadOnlyMemory<byte> Bytes, bool IsTooLong)
{
    public bool IsBlank => !IsTooLong && Bytes.IsEmpty;
}
