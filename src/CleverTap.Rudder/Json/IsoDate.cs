using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CleverTap.Rudder.Internal.Json;

/// <summary>Reads the dates that SDKs write.</summary>
/// <remarks>
/// It reads ISO 8601 as ECMAScript does: a missing zone is UTC, 30 February is 2 March, 24:00 is the next midnight. It also reads the
/// date formats of HTTP and e-mail.
/// </remarks>
internal static class IsoDate
{
    /// <summary>A longer text is not a date, so it is not converted to a string.</summary>
    private const int MaxMailLength = 63;

    private const long MillisecondsPerDay = 24 * 60 * 60 * 1000;

    private static readonly string[] MailFormats = ["r", "ddd, d MMM yyyy HH:mm:ss zzz", "ddd, d MMM yyyy HH:mm:ss 'GMT'"];

    /// <summary>Reads a string as milliseconds since 1970-01-01T00:00:00Z; false if the value is not a string with a date.</summary>
    public static bool TryRead(JsonSlice value, out long milliseconds)
    {
        milliseconds = 0;
        return value.Kind == JsonValueKind.String && TryRead(value.ContentSpan(), out milliseconds);
    }

    /// <summary>Reads a string like <see cref="TryRead(JsonSlice, out long)"/>, except for a day that its month does not have.</summary>
    public static bool TryReadExistingDay(JsonSlice value, out long milliseconds)
    {
        milliseconds = 0;
        if (value.Kind != JsonValueKind.String)
        {
            return false;
        }

        ReadOnlySpan<byte> text = value.ContentSpan();
        return TryRead(text, out milliseconds) && (IsUpTo28(text) || IsExistingDay(text));
    }

    /// <inheritdoc cref="TryRead(JsonSlice, out long)"/>
    public static bool TryRead(ReadOnlySpan<byte> text, out long milliseconds)
    {
        if (IsCommonLayout(text) && TryReadCommonLayout(text, out milliseconds))
        {
            return true;
        }

        var iso = new Cursor(text);
        if (iso.ReadDate(out milliseconds) && (iso.IsAtEnd || iso.ReadTimeAndZone(ref milliseconds)))
        {
            return true;
        }

        return TryReadMailFormat(text, out milliseconds);
    }

    private static bool TryReadMailFormat(ReadOnlySpan<byte> text, out long milliseconds)
    {
        milliseconds = 0;
        if (
            text.Length > MaxMailLength
            || !DateTimeOffset.TryParseExact(
                Encoding.UTF8.GetString(text),
                MailFormats,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out DateTimeOffset date
            )
        )
        {
            return false;
        }

        milliseconds = date.ToUnixTimeMilliseconds();
        return true;
    }

    /// <summary>Whether the text has the layout of nearly all SDKs: <c>2024-01-31T23:59:59.999Z</c> or <c>2024-01-31</c>.</summary>
    private static bool IsCommonLayout(ReadOnlySpan<byte> text) =>
        text.Length is 24 or 10
        && text[4] == '-'
        && text[7] == '-'
        && (text.Length == 10 || (text[10] == 'T' && text[13] == ':' && text[16] == ':' && text[19] == '.' && text[23] == 'Z'));

    private static bool TryReadCommonLayout(ReadOnlySpan<byte> text, out long milliseconds)
    {
        int year = (ReadTwoDigits(text, 0) * 100) + ReadTwoDigits(text, 2);
        (int month, int day) = (ReadTwoDigits(text, 5), ReadTwoDigits(text, 8));
        milliseconds = 0;
        if (year < 0 || month is < 1 or > 12 || day is < 1 or > 31)
        {
            return false;
        }

        milliseconds = Days(year, month, day) * MillisecondsPerDay;
        return text.Length == 10 || TryAddCommonTime(text, ref milliseconds);
    }

    private static bool TryAddCommonTime(ReadOnlySpan<byte> text, ref long milliseconds)
    {
        (int hour, int minute, int second) = (ReadTwoDigits(text, 11), ReadTwoDigits(text, 14), ReadTwoDigits(text, 17));
        int thousandth = (ReadTwoDigits(text, 20) * 10) + text[22] - '0';
        if (hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59 || thousandth < 0 || !char.IsAsciiDigit((char)text[22]))
        {
            return false;
        }

        milliseconds += TimeOfDay(hour, minute, second, thousandth);
        return true;
    }

    /// <summary>Whether the date is like <c>2024-01-28</c>, with a day that every month has.</summary>
    private static bool IsUpTo28(ReadOnlySpan<byte> text) =>
        text.Length >= 10 && text[4] == '-' && text[7] == '-' && (text[8] < '2' || (text[8] == '2' && text[9] < '9'));

    /// <summary>Whether the month of a date that was read has the day. Those of HTTP and e-mail were checked before.</summary>
    private static bool IsExistingDay(ReadOnlySpan<byte> text)
    {
        int end = text[0] is (byte)'+' or (byte)'-' ? 7 : 4;
        bool hasDay = text.Length >= end + 6 && text[end] == '-' && text[end + 3] == '-';
        if (!hasDay || ReadTwoDigits(text, end + 4) is not (> 28 and var day))
        {
            return true;
        }

        // The last four digits of the year decide, because the calendar repeats after 400 years.
        int year = (ReadTwoDigits(text, end - 4) * 100) + ReadTwoDigits(text, end - 2);
        int month = ReadTwoDigits(text, end + 1);
        long nextMonth = month == 12 ? Days(year + 1, 1, 1) : Days(year, month + 1, 1);
        return Days(year, month, day) < nextMonth;
    }

    private static long TimeOfDay(int hour, int minute, int second, int millisecond) =>
        (((((hour * 60L) + minute) * 60) + second) * 1000) + millisecond;

    /// <summary>Reads two digits; the result is far below zero if they are not digits.</summary>
    private static int ReadTwoDigits(ReadOnlySpan<byte> text, int at)
    {
        uint tens = (uint)(text[at] - '0');
        uint ones = (uint)(text[at + 1] - '0');
        return tens <= 9 && ones <= 9 ? (int)((tens * 10) + ones) : -100_000;
    }

    /// <summary>Days since 1970-01-01 in the Gregorian calendar, for any year.</summary>
    private static long Days(long year, int month, int day)
    {
        // The years of this calculation begin in March, so the leap day is the last day. 400 years are one cycle.
        if (month <= 2)
        {
            year--;
        }

        long cycle = (year >= 0 ? year : year - 399) / 400;
        long yearOfCycle = year - (cycle * 400);
        long dayOfYear = (((153 * (month + (month > 2 ? -3 : 9))) + 2) / 5) + day - 1;
        long dayOfCycle = (yearOfCycle * 365) + (yearOfCycle / 4) - (yearOfCycle / 100) + dayOfYear;
        return (cycle * 146097) + dayOfCycle - 719468;
    }

    /// <summary>Reads the text from left to right.</summary>
    private ref struct Cursor(ReadOnlySpan<byte> text)
    {
        private ReadOnlySpan<byte> rest = text;

        public readonly bool IsAtEnd => rest.IsEmpty;

        public bool ReadDate(out long milliseconds)
        {
            milliseconds = 0;
            int sign = Skip('-') ? -1 : 1;
            bool expanded = sign < 0 || Skip('+');
            if (!ReadNumber(expanded ? 6 : 4, 0, 999999, out int year) || (sign < 0 && year == 0))
            {
                return false;
            }

            int month = 1,
                day = 1;
            if (Skip('-') && (!ReadNumber(2, 1, 12, out month) || (Skip('-') && !ReadNumber(2, 1, 31, out day))))
            {
                return false;
            }

            milliseconds = Days(sign * year, month, day) * MillisecondsPerDay;
            return true;
        }

        public bool ReadTimeAndZone(ref long milliseconds)
        {
            if (!Skip('T') && !Skip('t') && !Skip(' '))
            {
                return false;
            }

            if (!ReadNumber(2, 0, 24, out int hour) || !Skip(':') || !ReadNumber(2, 0, 59, out int minute))
            {
                return false;
            }

            int second = 0,
                fraction = 0;
            if (Skip(':') && (!ReadNumber(2, 0, 59, out second) || (Skip('.') && !ReadFraction(out fraction))))
            {
                return false;
            }

            if (hour == 24 && minute + second + fraction > 0)
            {
                return false;
            }

            milliseconds += TimeOfDay(hour, minute, second, fraction);
            return ReadZone(ref milliseconds) && IsAtEnd;
        }

        private bool ReadZone(ref long milliseconds)
        {
            if (IsAtEnd || Skip('Z') || Skip('z'))
            {
                return true;
            }

            bool isEast = Skip('+');
            if ((!isEast && !Skip('-')) || !ReadNumber(2, 0, 23, out int hours))
            {
                return false;
            }

            Skip(':');
            if (!ReadNumber(2, 0, 59, out int minutes))
            {
                return false;
            }

            long offset = ((hours * 60L) + minutes) * 60_000;
            milliseconds -= isEast ? offset : -offset;
            return true;
        }

        /// <summary>Reads at least one digit; digits after the third are ignored.</summary>
        private bool ReadFraction(out int milliseconds)
        {
            milliseconds = 0;
            int digits = 0;
            for (; !rest.IsEmpty && char.IsAsciiDigit((char)rest[0]); rest = rest[1..], digits++)
            {
                if (digits < 3)
                {
                    milliseconds = (milliseconds * 10) + rest[0] - '0';
                }
            }

            for (int i = digits; i < 3; i++)
            {
                milliseconds *= 10;
            }

            return digits > 0;
        }

        private bool ReadNumber(int digits, int min, int max, out int value)
        {
            value = 0;
            if (rest.Length < digits)
            {
                return false;
            }

            for (int i = 0; i < digits; i++)
            {
                if (!char.IsAsciiDigit((char)rest[i]))
                {
                    return false;
                }

                value = (value * 10) + rest[i] - '0';
            }

            rest = rest[digits..];
            return value >= min && value <= max;
        }

        private bool Skip(char character)
        {
            if (rest.IsEmpty || rest[0] != character)
            {
                return false;
            }

            rest = rest[1..];
            return true;
        }
    }
}
