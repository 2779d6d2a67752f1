using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CleverTap.Rudder.Internal.Json;

/// <summary>
/// Dates as SDKs write them: ISO 8601 as ECMAScript reads it (a missing zone is UTC, 30 February is 2 March, 24:00 is
/// the next midnight), and besides it the dates of HTTP and mail.
/// </summary>
internal static class IsoDate
{
    private const long MillisecondsPerDay = 24 * 60 * 60 * 1000;

    private static readonly string[] OtherFormats = ["r", "ddd, d MMM yyyy HH:mm:ss zzz", "ddd, d MMM yyyy HH:mm:ss 'GMT'"];

    /// <summary>Milliseconds since 1970-01-01T00:00:00Z; false for anything but a string with a date.</summary>
    public static bool TryRead(JsonSlice value, out long milliseconds)
    {
        milliseconds = 0;
        return value.Kind == JsonValueKind.String && TryRead(value.ContentSpan(), out milliseconds);
    }

    /// <inheritdoc cref="TryRead(JsonSlice, out long)"/>
    public static bool TryRead(ReadOnlySpan<byte> text, out long milliseconds)
    {
        if (IsUsual(text) && TryReadUsual(text, out milliseconds))
        {
            return true;
        }

        var iso = new Cursor(text);
        if (iso.Date(out milliseconds) && (iso.AtEnd || iso.TimeAndZone(ref milliseconds)))
        {
            return true;
        }

        if (
            text.Length < 64
            && DateTimeOffset.TryParseExact(
                Encoding.UTF8.GetString(text),
                OtherFormats,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out DateTimeOffset other
            )
        )
        {
            milliseconds = other.ToUnixTimeMilliseconds();
            return true;
        }

        return false;
    }

    /// <summary>As nearly every SDK writes it: <c>2024-01-31T23:59:59.999Z</c>, or <c>2024-01-31</c>.</summary>
    private static bool IsUsual(ReadOnlySpan<byte> text) =>
        text.Length is 24 or 10
        && text[4] == '-'
        && text[7] == '-'
        && (text.Length == 10 || (text[10] == 'T' && text[13] == ':' && text[16] == ':' && text[19] == '.' && text[23] == 'Z'));

    private static bool TryReadUsual(ReadOnlySpan<byte> text, out long milliseconds)
    {
        int year = (Two(text, 0) * 100) + Two(text, 2);
        (int month, int day) = (Two(text, 5), Two(text, 8));
        milliseconds = 0;
        if (year < 0 || month is < 1 or > 12 || day is < 1 or > 31)
        {
            return false;
        }

        milliseconds = Days(year, month, day) * MillisecondsPerDay;
        if (text.Length == 10)
        {
            return true;
        }

        (int hour, int minute, int second) = (Two(text, 11), Two(text, 14), Two(text, 17));
        int thousandth = (Two(text, 20) * 10) + text[22] - '0';
        if (hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59 || thousandth < 0 || !char.IsAsciiDigit((char)text[22]))
        {
            return false;
        }

        milliseconds += (((((hour * 60L) + minute) * 60) + second) * 1000) + thousandth;
        return true;
    }

    /// <summary>Two digits; less than any number where they are none.</summary>
    private static int Two(ReadOnlySpan<byte> text, int at)
    {
        uint tens = (uint)(text[at] - '0');
        uint ones = (uint)(text[at + 1] - '0');
        return tens <= 9 && ones <= 9 ? (int)((tens * 10) + ones) : -100_000;
    }

    /// <summary>Days since 1970-01-01 in the Gregorian calendar, for any year.</summary>
    private static long Days(long year, int month, int day)
    {
        // Years that begin in March, so that the leap day comes last; 400 of them are one cycle.
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

    private ref struct Cursor(ReadOnlySpan<byte> text)
    {
        private ReadOnlySpan<byte> rest = text;

        public readonly bool AtEnd => rest.IsEmpty;

        public bool Date(out long milliseconds)
        {
            milliseconds = 0;
            int sign = Take('-') ? -1 : 1;
            bool expanded = sign < 0 || Take('+');
            if (!Number(expanded ? 6 : 4, 0, 999999, out int year) || (sign < 0 && year == 0))
            {
                return false;
            }

            int month = 1,
                day = 1;
            if (Take('-') && (!Number(2, 1, 12, out month) || (Take('-') && !Number(2, 1, 31, out day))))
            {
                return false;
            }

            milliseconds = Days(sign * year, month, day) * MillisecondsPerDay;
            return true;
        }

        public bool TimeAndZone(ref long milliseconds)
        {
            if (!Take('T') && !Take('t') && !Take(' '))
            {
                return false;
            }

            if (!Number(2, 0, 24, out int hour) || !Take(':') || !Number(2, 0, 59, out int minute))
            {
                return false;
            }

            int second = 0,
                fraction = 0;
            if (Take(':') && (!Number(2, 0, 59, out second) || (Take('.') && !Fraction(out fraction))))
            {
                return false;
            }

            if (hour == 24 && minute + second + fraction > 0)
            {
                return false;
            }

            milliseconds += (((((hour * 60L) + minute) * 60) + second) * 1000) + fraction;
            return Zone(ref milliseconds) && AtEnd;
        }

        private bool Zone(ref long milliseconds)
        {
            if (AtEnd || Take('Z') || Take('z'))
            {
                return true;
            }

            int sign =
                Take('+') ? 1
                : Take('-') ? -1
                : 0;
            if (sign == 0 || !Number(2, 0, 23, out int hours))
            {
                return false;
            }

            Take(':');
            if (!Number(2, 0, 59, out int minutes))
            {
                return false;
            }

            milliseconds -= sign * ((hours * 60L) + minutes) * 60_000;
            return true;
        }

        /// <summary>Any number of digits, of which the first three count.</summary>
        private bool Fraction(out int milliseconds)
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

        private bool Number(int digits, int least, int most, out int value)
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
            return value >= least && value <= most;
        }

        private bool Take(char character)
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
