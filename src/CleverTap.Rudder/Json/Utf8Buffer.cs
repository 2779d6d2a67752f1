using System.Runtime.CompilerServices;

namespace CleverTap.Rudder.Internal.Json;

/// <summary>A growable buffer of UTF-8 bytes that can be truncated to an earlier length.</summary>
internal sealed class Utf8Buffer
{
    private const int InitialSize = 4 * 1024;

    /// <summary>A larger buffer, which one huge event needed, is released on the next call of Clear.</summary>
    private const int MaxKeptBytes = 2 * 1024 * 1024;

    private byte[] bytes = new byte[InitialSize];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    /// <summary>Gets the written bytes as memory, which is valid until the buffer is cleared or grows.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => bytes.AsMemory(0, Length);

    public ReadOnlySpan<byte> Slice(int start) => bytes.AsSpan(start, Length - start);

    public ReadOnlySpan<byte> Slice(int start, int length) => bytes.AsSpan(start, length);

    public void Clear()
    {
        Length = 0;
        if (bytes.Length > MaxKeptBytes)
        {
            bytes = new byte[InitialSize];
        }
    }

    public void TruncateTo(int length) => Length = length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(byte value)
    {
        if (Length == bytes.Length)
        {
            Grow(1);
        }

        bytes[Length++] = value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(ReadOnlySpan<byte> value)
    {
        if (value.Length > bytes.Length - Length)
        {
            Grow(value.Length);
        }

        value.CopyTo(bytes.AsSpan(Length));
        Length += value.Length;
    }

    /// <summary>Appends <c>"name":</c>, after a comma unless it is the first member.</summary>
    public void AppendMember(ReadOnlySpan<byte> name, bool isFirst) => AppendMember(name, default, isFirst);

    /// <summary>Appends <c>"name":value</c>, after a comma unless it is the first member.</summary>
    public void AppendMember(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, bool isFirst)
    {
        Span<byte> free = Reserve(name.Length + value.Length + 4);
        int position = 0;
        if (!isFirst)
        {
            free[position++] = (byte)',';
        }

        free[position++] = (byte)'"';
        name.CopyTo(free[position..]);
        position += name.Length;
        free[position++] = (byte)'"';
        free[position++] = (byte)':';
        value.CopyTo(free[position..]);
        Length += position + value.Length;
    }

    /// <summary>Appends a text between two quotes, which may be escaped.</summary>
    public void AppendBetween(ReadOnlySpan<byte> quote, ReadOnlySpan<byte> text)
    {
        Span<byte> free = Reserve(text.Length + (2 * quote.Length));
        quote.CopyTo(free);
        text.CopyTo(free[quote.Length..]);
        quote.CopyTo(free[(quote.Length + text.Length)..]);
        Length += text.Length + (2 * quote.Length);
    }

    /// <summary>The free space after the written bytes, at least <paramref name="count"/> bytes.</summary>
    /// <remarks><see cref="Advance"/> commits what was written.</remarks>
    public Span<byte> Reserve(int count)
    {
        if (count > bytes.Length - Length)
        {
            Grow(count);
        }

        return bytes.AsSpan(Length);
    }

    public void Advance(int count) => Length += count;

    private void Grow(int needed) =>
        Array.Resize(ref bytes, Math.Max(checked(Length + needed), (int)Math.Min(bytes.Length * 2L, Array.MaxLength)));
}
