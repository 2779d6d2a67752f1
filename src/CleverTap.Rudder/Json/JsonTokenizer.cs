using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json;
using System.Text.Unicode;

// Design note: why this library scans JSON by hand
//
// An event has 1 to 3 KB, of which a mapping needs a few hundred bytes. This tokenizer finds the ends of values instead of decoding
// tokens, skips nested values with JsonBlockScanner, and marks members that can be copied byte by byte. Best passes of one
// run of `-- throughput FILE tokenize transform transform-records` over 20,000 generated events on one core:
//   tokenize (Utf8JsonReader reads every token, no result)   422,000 events/s, 0 bytes per event
//   transform (read, map, validate and write UTF-8)          350,000 events/s, 3 bytes per event
//   transform-records (the same with record objects)         322,000 events/s, 682 bytes per event
// A whole transformation thus costs about 1.21 times as much as only reading the tokens with System.Text.Json. Rejected alternatives:
//   Utf8JsonReader: it visits every token of the context, so the tokens alone would take about 80 % of this time.
//   JsonDocument: it does the work of Utf8JsonReader and builds a table of all tokens for each event on top.

namespace CleverTap.Rudder.Internal.Json;

/// <summary>Finds the end of JSON values.</summary>
/// <remarks>
/// Strings (including their UTF-8), numbers and literals are fully validated. For objects and arrays only the end is found
/// (<see cref="JsonBlockScanner"/>); the code that reads their members or elements validates them. All methods throw a JsonException if
/// the text is not JSON.
/// </remarks>
internal static class JsonTokenizer
{
    private const int MaxExactDigits = 15;

    private static readonly SearchValues<byte> EndsPlainText = SearchValues.Create([
        (byte)'"',
        (byte)'\\',
        .. Enumerable.Range(0, ' ').Select(control => (byte)control),
    ]);

    /// <summary>The position of the next character that is not white space; the length of the text if only white space follows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SkipWhiteSpace(ReadOnlySpan<byte> json, int position) =>
        (uint)position < (uint)json.Length && json[position] <= ' ' ? EndOfWhiteSpace(json, position) : position;

    private static int EndOfWhiteSpace(ReadOnlySpan<byte> json, int position)
    {
        while ((uint)position < (uint)json.Length && json[position] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
        {
            position++;
        }

        return position;
    }

    /// <summary>The position after the value that begins at <paramref name="start"/>.</summary>
    /// <param name="json">The text.</param>
    /// <param name="start">The value's first character.</param>
    /// <param name="depth">An upper bound of the nesting depth of the value; 0 for a scalar.</param>
    /// <param name="canCopyVerbatim">
    /// Whether the value is written byte by byte: a string, a literal, or a number in ECMAScript format.
    /// </param>
    public static int EndOfValue(ReadOnlySpan<byte> json, int start, out int depth, out bool canCopyVerbatim)
    {
        depth = 0;
        canCopyVerbatim = true;
        if ((uint)start >= (uint)json.Length)
        {
            Fail();
        }

        switch (json[start])
        {
            case (byte)'"':
                return EndOfString(json, start, out _);
            case (byte)'{' or (byte)'[':
                canCopyVerbatim = false;
                int end = JsonBlockScanner.FindEnd(json, start, out depth);
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
                return EndOfNumber(json, start, out canCopyVerbatim);
        }
    }

    /// <summary>The position after the closing quote. Validates that the text is UTF-8.</summary>
    /// <remarks>
    /// Nearly all names and values are ASCII without escapes and shorter than two vectors. An event needs about 60 calls; for a text of
    /// this kind, a call costs half as much as one of IndexOfAny.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int EndOfString(ReadOnlySpan<byte> json, int start, out bool hasEscapes)
    {
        for (int position = start + 1; position <= json.Length - Vector256<byte>.Count; position += Vector256<byte>.Count)
        {
            Vector256<byte> text = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(json), (nuint)position);
            uint ends = (
                Vector256.Equals(text, Vector256.Create((byte)'"'))
                | Vector256.Equals(text, Vector256.Create((byte)'\\'))
                | Vector256.LessThan(text.AsSByte(), Vector256.Create((sbyte)' ')).AsByte() // control characters, and all beyond ASCII
            ).ExtractMostSignificantBits();
            if (ends == 0)
            {
                continue;
            }

            int end = position + BitOperations.TrailingZeroCount(ends);
            if (json[end] != '"')
            {
                break;
            }

            hasEscapes = false;
            return end + 1;
        }

        return EndOfAnyString(json, start, out hasEscapes);
    }

    /// <summary>Does the same for any text: with escapes, beyond ASCII, invalid, or close to the end of the input.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)] // Inside the loop over the members, it would take their registers.
    private static int EndOfAnyString(ReadOnlySpan<byte> json, int start, out bool hasEscapes)
    {
        hasEscapes = false;
        int position = start + 1;
        while (true)
        {
            int length = position > json.Length ? -1 : json[position..].IndexOfAny(EndsPlainText);
            if (length < 0)
            {
                Fail();
            }

            position += length;
            if (json[position] == '"')
            {
                if (!Utf8.IsValid(json[(start + 1)..position]))
                {
                    Fail();
                }

                return position + 1;
            }

            if (json[position] != '\\')
            {
                Fail();
            }

            hasEscapes = true;
            position = EndOfEscape(json, position);
        }
    }

    [DoesNotReturn]
    public static void Fail() => throw new JsonException();

    private static int EndOfEscape(ReadOnlySpan<byte> json, int position)
    {
        if (position + 1 >= json.Length)
        {
            Fail();
        }

        switch (json[position + 1])
        {
            case (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t':
                return position + 2;
            case (byte)'u' when position + 6 <= json.Length:
                foreach (byte digit in json.Slice(position + 2, 4))
                {
                    if (!char.IsAsciiHexDigit((char)digit))
                    {
                        Fail();
                    }
                }

                return position + 6;
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

    /// <summary>The position after a number.</summary>
    /// <param name="json">The text.</param>
    /// <param name="start">The first character of the number.</param>
    /// <param name="canCopyVerbatim">
    /// Whether the number certainly has ECMAScript format: no exponent, no zero at the end of a fraction, and at most as many digits as
    /// every double keeps. Nearly all numbers are like this and need no conversion.
    /// </param>
    public static int EndOfNumber(ReadOnlySpan<byte> json, int start, out bool canCopyVerbatim)
    {
        int digits = At(json, start) == '-' ? start + 1 : start;
        int position = At(json, digits) == '0' ? digits + 1 : EndOfDigits(json, digits);
        canCopyVerbatim = digits == start || json[digits] != '0';
        if (At(json, position) == '.')
        {
            int fraction = position + 1;
            position = EndOfDigits(json, fraction);
            canCopyVerbatim = json[position - 1] != '0' && !json[fraction..position].StartsWith("00000"u8);
        }

        if (At(json, position) is (byte)'e' or (byte)'E')
        {
            canCopyVerbatim = false;
            position++;
            if (At(json, position) is (byte)'+' or (byte)'-')
            {
                position++;
            }

            position = EndOfDigits(json, position);
        }

        canCopyVerbatim &= position - start <= MaxExactDigits;
        return position;
    }

    /// <summary>The position after a run of at least one digit. Reads 16 characters at a time to avoid a mispredicted loop end.</summary>
    private static int EndOfDigits(ReadOnlySpan<byte> json, int start)
    {
        int position = start;
        for (; position <= json.Length - Vector128<byte>.Count; position += Vector128<byte>.Count)
        {
            Vector128<byte> digits =
                Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(json), (nuint)position) - Vector128.Create((byte)'0');
            uint others = ~Vector128.Equals(Vector128.Min(digits, Vector128.Create((byte)9)), digits).ExtractMostSignificantBits() & 0xFFFF;
            if (others == 0)
            {
                continue;
            }

            position += BitOperations.TrailingZeroCount(others);
            if (position == start)
            {
                Fail();
            }

            return position;
        }

        while (At(json, position) is >= (byte)'0' and <= (byte)'9')
        {
            position++;
        }

        if (position == start)
        {
            Fail();
        }

        return position;
    }

    /// <summary>The character at a position; 0 after the end of the text.</summary>
    public static byte At(ReadOnlySpan<byte> json, int position) => (uint)position < (uint)json.Length ? json[position] : (byte)0;
}
