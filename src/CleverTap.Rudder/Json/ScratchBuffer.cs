using System.Globalization;

namespace CleverTap.Rudder.Internal.Json;

/// <summary>Room for the few values of an event that are made and not copied. They hold until the next event; none costs an allocation.</summary>
internal sealed class ScratchBuffer
{
    private const int LongestNumber = 20;

    private byte[] room = new byte[1024];
    private int used;

    /// <summary>What one huge event made room for is not kept.</summary>
    private const int LargestKept = 64 * 1024;

    public void Clear()
    {
        used = 0;
        if (room.Length > LargestKept)
        {
            room = new byte[1024];
        }
    }

    public JsonSlice Number(long value)
    {
        Span<byte> digits = stackalloc byte[LongestNumber];
        value.TryFormat(digits, out int length, provider: CultureInfo.InvariantCulture);
        Memory<byte> made = Take(length);
        digits[..length].CopyTo(made.Span);
        return new JsonSlice(made);
    }

    /// <summary>A value that is JSON already.</summary>
    public JsonSlice Json(ReadOnlySpan<byte> json)
    {
        Memory<byte> made = Take(json.Length);
        json.CopyTo(made.Span);
        return new JsonSlice(made);
    }

    /// <summary>A string of these parts, each in canonical spelling.</summary>
    public JsonSlice Text(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third = default)
    {
        Memory<byte> made = Take(first.Length + second.Length + third.Length + 2);
        Span<byte> text = made.Span;
        text[0] = text[^1] = (byte)'"';
        first.CopyTo(text[1..]);
        second.CopyTo(text[(1 + first.Length)..]);
        third.CopyTo(text[(1 + first.Length + second.Length)..]);
        return new JsonSlice(made);
    }

    /// <summary>Values made before stay where they are, also when more room is needed.</summary>
    private Memory<byte> Take(int length)
    {
        if (room.Length - used < length)
        {
            room = new byte[Math.Max(room.Length, length)];
            used = 0;
        }

        used += length;
        return room.AsMemory(used - length, length);
    }
}
