using System.Globalization;

namespace CleverTap.Rudder.Internal.Json;

/// <summary>Numbers as ECMAScript spells them: <c>1.0</c> is <c>1</c>, <c>1E+21</c> is <c>1e+21</c>, <c>1e-6</c> is <c>0.000001</c>.</summary>
internal static class JsonNumber
{
    public static double ToDouble(ReadOnlySpan<byte> literal) => double.Parse(literal, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>
    /// Appends a JSON number literal. <see cref="NumberFormat.Exact"/> keeps every digit of an integer;
    /// a number beyond the range of a double becomes <c>null</c>, and the response is false.
    /// </summary>
    public static bool Append(Utf8Buffer output, ReadOnlySpan<byte> literal, NumberFormat spelling)
    {
        JsonTokenizer.EndOfNumber(literal, 0, out bool isFinal);
        if (isFinal || (spelling == NumberFormat.Exact && IsInteger(literal)))
        {
            output.Append(literal);
            return true;
        }

        double value = ToDouble(literal);
        if (!double.IsFinite(value))
        {
            output.Append("null"u8);
            return false;
        }

        Append(output, value);
        return true;
    }

    /// <summary>ECMAScript's Number-to-string, for a finite number.</summary>
    public static void Append(Utf8Buffer output, double value)
    {
        if (value < 0)
        {
            output.Append((byte)'-');
        }

        // .NET finds the shortest digits that read back as the same double; only their layout is its own.
        Span<byte> text = stackalloc byte[32];
        Math.Abs(value).TryFormat(text, out int length, "R", CultureInfo.InvariantCulture);
        Span<byte> digits = stackalloc byte[32];
        int count = SplitDigits(text[..length], digits, out int point);
        digits = digits[..count];

        switch (point)
        {
            case > 0 and <= 21 when count <= point:
                output.Append(digits);
                Zeros(output, point - count);
                break;
            case > 0 and <= 21:
                output.Append(digits[..point]);
                output.Append((byte)'.');
                output.Append(digits[point..]);
                break;
            case > -6 and <= 0:
                output.Append("0."u8);
                Zeros(output, -point);
                output.Append(digits);
                break;
            default:
                output.Append(digits[0]);
                if (count > 1)
                {
                    output.Append((byte)'.');
                }

                output.Append(digits[1..]);
                output.Append(point > 0 ? "e+"u8 : "e-"u8);
                Math.Abs(point - 1).TryFormat(text, out length, provider: CultureInfo.InvariantCulture);
                output.Append(text[..length]);
                break;
        }
    }

    private static bool IsInteger(ReadOnlySpan<byte> literal) =>
        literal.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0 && !literal.SequenceEqual("-0"u8);

    /// <summary>Significant digits, and where the decimal point stands among them: 0.05 is "5" with the point at -1.</summary>
    private static int SplitDigits(ReadOnlySpan<byte> text, Span<byte> digits, out int point)
    {
        int exponent = text.IndexOf((byte)'E');
        ReadOnlySpan<byte> mantissa = exponent < 0 ? text : text[..exponent];
        int dot = mantissa.IndexOf((byte)'.');
        point = dot < 0 ? mantissa.Length : dot;
        if (exponent >= 0)
        {
            point += int.Parse(text[(exponent + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        }

        int count = 0;
        foreach (byte character in mantissa)
        {
            if (character == '.')
            {
                continue;
            }

            if (character == '0' && count == 0)
            {
                point--;
            }
            else
            {
                digits[count++] = character;
            }
        }

        while (count > 1 && digits[count - 1] == '0')
        {
            count--;
        }

        if (count > 0)
        {
            return count;
        }

        digits[0] = (byte)'0';
        point = 1;
        return 1;
    }

    private static void Zeros(Utf8Buffer output, int count)
    {
        for (; count > 0; count--)
        {
            output.Append((byte)'0');
        }
    }
}
