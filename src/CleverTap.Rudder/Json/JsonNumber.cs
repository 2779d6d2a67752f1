using System.Globalization;

namespace CleverTap.Rudder.Internal.Json;

/// <summary>Writes numbers in ECMAScript format.</summary>
/// <remarks><c>1.0</c> becomes <c>1</c>, <c>1E+21</c> becomes <c>1e+21</c>, and <c>1e-6</c> becomes <c>0.000001</c>.</remarks>
internal static class JsonNumber
{
    /// <summary>More bytes than any double in the format "R" needs.</summary>
    private const int MaxLength = 32;

    /// <summary>Whether a double can hold the number; false for <c>1e400</c>.</summary>
    /// <remarks>A number of at most 15 characters without an exponent needs no conversion.</remarks>
    public static bool IsFinite(ReadOnlySpan<byte> literal)
    {
        JsonTokenizer.EndOfNumber(literal, 0, out bool isFinal);
        return isFinal || double.IsFinite(ToDouble(literal));
    }

    public static double ToDouble(ReadOnlySpan<byte> literal) => double.Parse(literal, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>Appends a JSON number literal. <see cref="NumberFormat.Exact"/> keeps every digit of an integer.</summary>
    /// <returns>False if the number is beyond the range of a double; then <c>null</c> is appended.</returns>
    public static bool Append(Utf8Buffer output, ReadOnlySpan<byte> literal, NumberFormat format)
    {
        JsonTokenizer.EndOfNumber(literal, 0, out bool isFinal);
        if (isFinal)
        {
            output.Append(literal);
            return true;
        }

        if (format == NumberFormat.Exact && IntegerOf(literal) is { IsEmpty: false } integer)
        {
            output.Append(integer);
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

    /// <summary>Appends a finite number as ECMAScript converts it to a string.</summary>
    public static void Append(Utf8Buffer output, double value)
    {
        if (value < 0)
        {
            output.Append((byte)'-');
        }

        // .NET finds the shortest digits that read back as the same double. Only the layout differs from ECMAScript.
        Span<byte> text = stackalloc byte[MaxLength];
        Math.Abs(value).TryFormat(text, out int length, "R", CultureInfo.InvariantCulture);
        Span<byte> digits = stackalloc byte[MaxLength];
        int count = SplitDigits(text[..length], digits, out int point);
        AppendLayout(output, digits[..count], point);
    }

    /// <summary>Appends the digits in one of the four layouts of ECMAScript.</summary>
    /// <param name="output">The buffer to append to.</param>
    /// <param name="digits">The significant digits.</param>
    /// <param name="point">The index of the decimal point relative to the first digit.</param>
    private static void AppendLayout(Utf8Buffer output, ReadOnlySpan<byte> digits, int point)
    {
        switch (point)
        {
            case > 0 and <= 21 when digits.Length <= point:
                output.Append(digits);
                AppendZeros(output, point - digits.Length);
                break;
            case > 0 and <= 21:
                output.Append(digits[..point]);
                output.Append((byte)'.');
                output.Append(digits[point..]);
                break;
            case > -6 and <= 0:
                output.Append("0."u8);
                AppendZeros(output, -point);
                output.Append(digits);
                break;
            default:
                AppendWithExponent(output, digits, point - 1);
                break;
        }
    }

    private static void AppendWithExponent(Utf8Buffer output, ReadOnlySpan<byte> digits, int exponent)
    {
        output.Append(digits[0]);
        if (digits.Length > 1)
        {
            output.Append((byte)'.');
        }

        output.Append(digits[1..]);
        output.Append(exponent >= 0 ? "e+"u8 : "e-"u8);
        Span<byte> text = stackalloc byte[MaxLength];
        Math.Abs(exponent).TryFormat(text, out int length, provider: CultureInfo.InvariantCulture);
        output.Append(text[..length]);
    }

    /// <summary>Returns the digits of an integer, of <c>12</c> and <c>12.0</c>; empty for any other number.</summary>
    private static ReadOnlySpan<byte> IntegerOf(ReadOnlySpan<byte> literal)
    {
        int point = literal.IndexOf((byte)'.');
        if (point >= 0 && literal[(point + 1)..].IndexOfAnyExcept((byte)'0') < 0)
        {
            literal = literal[..point];
        }

        bool isInteger = literal.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0 && !literal.SequenceEqual("-0"u8);
        return isInteger ? literal : default;
    }

    /// <summary>Splits a number into its significant digits and the index of the decimal point: 0.05 is "5" with the point at -1.</summary>
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

    private static void AppendZeros(Utf8Buffer output, int count)
    {
        for (; count > 0; count--)
        {
            output.Append((byte)'0');
        }
    }
}
