using System.Runtime.CompilerServices;

namespace CleverTap.Rudder.Internal.Json;

/// <summary>A growable run of UTF-8 bytes that can be taken back to an earlier length.</summary>
internal sealed class Utf8Buffer
{
    private const int InitialSize = 4 * 1024;

    /// <summary>A buffer that one huge event blew up is not kept for the next, small ones.</summary>
    private const int LargestKept = 2 * 1024 * 1024;

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
        if (bytes.Length > LargestKept)
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

    /// <summary>Appends <c>"name":</c>, behind a comma where it is not the first member.</summary>
    public void AppendMember(ReadOnlySpan<byte> name, bool isFirst)
    {
        Span<byte> room = Room(name.Length + 4);
        int at = 0;
        if (!isFirst)
        {
            room[at++] = (byte)',';
        }

        room[at++] = (byte)'"';
        name.CopyTo(room[at..]);
        at += name.Length;
        room[at++] = (byte)'"';
        room[at++] = (byte)':';
        Length += at;
    }

    /// <summary>Appends a text between two quotes, plain or escaped ones.</summary>
    public void AppendBetween(ReadOnlySpan<byte> quote, ReadOnlySpan<byte> text)
    {
        Span<byte> room = Room(text.Length + (2 * quote.Length));
        quote.CopyTo(room);
        text.CopyTo(room[quote.Length..]);
        quote.CopyTo(room[(quote.Length + text.Length)..]);
        Length += text.Length + (2 * quote.Length);
    }

    /// <summary>Room for <paramref name="count"/> bytes; what is used of it counts after <see cref="Advance"/>.</summary>
    public Span<byte> Room(int count)
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
