using System.Globalization;

namespace CleverTap.Rudder.Internal.Json;

/// <summary>A buffer for the values of an event that are computed and not copied from the input.</summary>
/// <remarks>The values are valid until <see cref="Clear"/>. A value costs no allocation while the buffer is large enough.</remarks>
internal sealed class ScratchBuffer
{
    private const int MaxNumberLength = 20;

    private byte[] bytes = new byte[1024];
    private int used;

    /// <summary>A larger buffer, which one huge event needed, is released on the next call of Clear.</summary>
    private const int MaxKeptBytes = 64 * 1024;

    public void Clear()
    {
        used = 0;
        if (bytes.Length > MaxKeptBytes)
        {
            bytes = new byte[1024];
        }
    }

    /// <summary>Adds an integer.</summary>
    public JsonSlice AddNumber(long value)
    {
        Span<byte> digits = stackalloc byte[MaxNumberLength];
        value.TryFormat(digits, out int length, provider: CultureInfo.InvariantCulture);
        Memory<byte> memory = Reserve(length);
        digits[..length].CopyTo(memory.Span);
        return new JsonSlice(memory);
    }

    /// <summary>Adds a value that is JSON already.</summary>
    public JsonSlice AddJson(ReadOnlySpan<byte> json)
    {
        Memory<byte> memory = Reserve(json.Length);
        json.CopyTo(memory.Span);
        return new JsonSlice(memory);
    }

    /// <summary>Adds a string that consists of these canonical parts.</summary>
    public JsonSlice AddText(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third = default)
    {
        Memory<byte> memory = Reserve(first.Length + second.Length + third.Length + 2);
        Span<byte> text = memory.Span;
        text[0] = text[^1] = (byte)'"';
        first.CopyTo(text[1..]);
        second.CopyTo(text[(1 + first.Length)..]);
        third.CopyTo(text[(1 + first.Length + second.Length)..]);
        return new JsonSlice(memory);
    }

    /// <summary>Reserves memory. Values that were added before keep their memory when a new array is needed.</summary>
    private Memory<byte> Reserve(int length)
    {
        if (bytes.Length - used < length)
        {
            bytes = new byte[Math.Max(bytes.Length, length)];
            used = 0;
        }

        used += length;
        return bytes.AsMemory(used - length, length);
    }
}
