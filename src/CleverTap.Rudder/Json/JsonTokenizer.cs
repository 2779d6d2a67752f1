using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace CleverTap.Rudder.Internal.Json;

/// <summary>
/// Finds where JSON values end. Strings (UTF-8 too), numbers and literals are checked to the letter; of objects and arrays nothing but that
/// they end (<see cref="JsonBlockScanner"/>): who goes into them checks them. Several times as fast as Utf8JsonReader, because names
/// and values are found and not read. All methods throw a JsonException where the text is not JSON.
/// </summary>
internal static class JsonTokenizer
{
    private const int DigitsADoubleAlwaysHolds = 15;

    private static readonly SearchValues<byte> EndsPlainText = SearchValues.Create([
        (byte)'"',
        (byte)'\\',
        .. Enumerable.Range(0, ' ').Select(control => (byte)control),
    ]);

    /// <summary>The index of the next character that is no white space; the length where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SkipWhiteSpace(ReadOnlySpan<byte> json, int at)
    {
        while ((uint)at < (uint)json.Length && json[at] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
        {
            at++;
        }

        return at;
    }

    /// <summary>The index behind the value that begins at <paramref name="start"/>.</summary>
    /// <param name="json">The text.</param>
    /// <param name="start">The value's first character.</param>
    /// <param name="depth">At least as many levels as the value is deep; 0 for a scalar.</param>
    /// <param name="isFinal">Whether it is spelt as it would be written: a text, a literal, or a number as ECMAScript spells it.</param>
    public static int EndOfValue(ReadOnlySpan<byte> json, int start, out int depth, out bool isFinal)
    {
        depth = 0;
        isFinal = true;
        if ((uint)start >= (uint)json.Length)
        {
            Fail();
        }

        switch (json[start])
        {
            case (byte)'"':
                return EndOfString(json, start, out _);
            case (byte)'{' or (byte)'[':
                isFinal = false;
                int end = JsonBlockScanner.EndOf(json, start, out depth);
                if (end < 0)
                {
                    Fail();
                }

                return end;
            case (byte)'t':
                return EndOfLiteral(json, start, "true"u8);
            case (byte)'f':
                return EndOfLiteral(json, start, "false"u8);
            case (byte)'n':
                return EndOfLiteral(json, start, "null"u8);
            default:
                return EndOfNumber(json, start, out isFinal);
        }
    }

    /// <summary>The index behind the closing quote. The text is checked to be UTF-8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int EndOfString(ReadOnlySpan<byte> json, int start, out bool hasEscapes)
    {
        hasEscapes = false;
        uint beyondAscii = 0;
        int at = start + 1;
        while (true)
        {
            at = EndOfPlainText(json, at, ref beyondAscii);
            if (json[at] == '"')
            {
                if (beyondAscii != 0 && !Utf8.IsValid(json[(start + 1)..at]))
                {
                    Fail();
                }

                return at + 1;
            }

            if (json[at] != '\\')
            {
                Fail();
            }

            hasEscapes = true;
            at = EndOfEscape(json, at);
        }
    }

    /// <summary>
    /// The index of the next quote, backslash or control character. Most names and values are shorter than one vector, so that
    /// the loop ends where the processor expects it to: half the cost of a call of IndexOfAny, some 60 times an event.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int EndOfPlainText(ReadOnlySpan<byte> json, int at, ref uint beyondAscii)
    {
        for (; at <= json.Length - Vector256<byte>.Count; at += Vector256<byte>.Count)
        {
            Vector256<byte> text = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(json), (nuint)at);
            uint ends = (
                Vector256.Equals(text, Vector256.Create((byte)'"'))
                | Vector256.Equals(text, Vector256.Create((byte)'\\'))
                | Vector256.Equals(Vector256.Min(text, Vector256.Create((byte)0x1F)), text)
            ).ExtractMostSignificantBits();
            beyondAscii |= text.ExtractMostSignificantBits() & (ends ^ (ends - 1)); // what stands before the end, or all of it
            if (ends != 0)
            {
                return at + BitOperations.TrailingZeroCount(ends);
            }
        }

        int rest = at > json.Length ? -1 : json[at..].IndexOfAny(EndsPlainText);
        if (rest < 0)
        {
            Fail();
        }

        if (!Ascii.IsValid(json.Slice(at, rest)))
        {
            beyondAscii = 1;
        }

        return at + rest;
    }

    [DoesNotReturn]
    public static void Fail() => throw new JsonException();

    private static int EndOfEscape(ReadOnlySpan<byte> json, int at)
    {
        if (at + 1 >= json.Length)
        {
            Fail();
        }

        switch (json[at + 1])
        {
            case (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t':
                return at + 2;
            case (byte)'u' when at + 6 <= json.Length:
                foreach (byte digit in json.Slice(at + 2, 4))
                {
                    if (!char.IsAsciiHexDigit((char)digit))
                    {
                        Fail();
                    }
                }

                return at + 6;
            default:
                Fail();
                return 0;
        }
    }

    private static int EndOfLiteral(ReadOnlySpan<byte> json, int start, ReadOnlySpan<byte> literal)
    {
        if (!json[start..].StartsWith(literal))
        {
            Fail();
        }

        return start + literal.Length;
    }

    /// <summary>The index behind a number.</summary>
    /// <param name="json">The text.</param>
    /// <param name="start">Its first character.</param>
    /// <param name="isFinal">
    /// Whether it is surely spelt as ECMAScript would spell it: no exponent, no zero at the end of a fraction, and no more digits
    /// than any double holds, so that there is no shorter one. Saves reading and writing nearly every number.
    /// </param>
    public static int EndOfNumber(ReadOnlySpan<byte> json, int start, out bool isFinal)
    {
        int digits = At(json, start) == '-' ? start + 1 : start;
        int at = At(json, digits) == '0' ? digits + 1 : EndOfDigits(json, digits);
        isFinal = digits == start || json[digits] != '0';
        if (At(json, at) == '.')
        {
            int fraction = at + 1;
            at = EndOfDigits(json, fraction);
            isFinal = json[at - 1] != '0' && !json[fraction..at].StartsWith("00000"u8);
        }

        if (At(json, at) is (byte)'e' or (byte)'E')
        {
            isFinal = false;
            at++;
            if (At(json, at) is (byte)'+' or (byte)'-')
            {
                at++;
            }

            at = EndOfDigits(json, at);
        }

        isFinal &= at - start <= DigitsADoubleAlwaysHolds;
        return at;
    }

    /// <summary>The index behind a run of digits, of which there must be one. Sixteen at a time, so that no loop ends by surprise.</summary>
    private static int EndOfDigits(ReadOnlySpan<byte> json, int start)
    {
        int at = start;
        for (; at <= json.Length - Vector128<byte>.Count; at += Vector128<byte>.Count)
        {
            Vector128<byte> digits = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(json), (nuint)at) - Vector128.Create((byte)'0');
            uint others = ~Vector128.Equals(Vector128.Min(digits, Vector128.Create((byte)9)), digits).ExtractMostSignificantBits() & 0xFFFF;
            if (others == 0)
            {
                continue;
            }

            at += BitOperations.TrailingZeroCount(others);
            if (at == start)
            {
                Fail();
            }

            return at;
        }

        while (At(json, at) is >= (byte)'0' and <= (byte)'9')
        {
            at++;
        }

        if (at == start)
        {
            Fail();
        }

        return at;
    }

    /// <summary>The character at an index; 0 behind the end.</summary>
    public static byte At(ReadOnlySpan<byte> json, int at) => (uint)at < (uint)json.Length ? json[at] : (byte)0;
}
