using System.Globalization;
using System.Text.Json;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>When it happened: CleverTap's <c>ts</c>, in seconds since 1970. Missing means that CleverTap takes the time of receipt.</summary>
internal static class Timestamps
{
    /// <summary>From here on a number can only be milliseconds: in seconds it is the year 5138.</summary>
    private const double LeastMilliseconds = 1e11;

    private const double MaxMilliseconds = 1e16;

    /// <summary>How much later than its receipt an event may be for CleverTap's live campaigns: 2 minutes, in milliseconds.</summary>
    public const long FutureTolerance = 2 * 60 * 1000;

    private static readonly char[] EcmaScriptWhiteSpace =
        "\t\n\v\f\r \u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF".ToCharArray();

    /// <summary>The time of an identify or alias call.</summary>
    public static JsonSlice OfProfile(in ParsedEvent e, JsonSlice traitsTs, JsonSlice contextTs, MappingContext run)
    {
        if (run.Options.Timestamps == TimestampSource.ExplicitOnly)
        {
            return Explicit(traitsTs.IsTruthy ? traitsTs : contextTs, run);
        }

        long? given = Read(traitsTs, "traits.ts", run) ?? Read(contextTs, "context.traits.ts", run);
        return ToTs(e, given, run);
    }

    /// <summary>The time of a track, page or screen call.</summary>
    public static JsonSlice OfEvent(in ParsedEvent e, JsonSlice propertiesTs, MappingContext run)
    {
        if (run.Options.Timestamps == TimestampSource.ExplicitOnly)
        {
            return propertiesTs.IsPresent ? Explicit(propertiesTs, run) : default;
        }

        return ToTs(e, Read(propertiesTs, "properties.ts", run), run);
    }

    /// <summary>The time of an order, which rudder-transformer reads a little differently.</summary>
    public static JsonSlice OfOrder(in ParsedEvent e, JsonSlice propertiesTs, MappingContext run) =>
        run.Options.Timestamps == TimestampSource.ExplicitOnly && !propertiesTs.IsNullOrMissing
            ? Explicit(propertiesTs, run)
            : OfEvent(e, propertiesTs, run);

    /// <summary>Rounds down, also before 1970.</summary>
    public static long ToSeconds(long milliseconds) => (milliseconds - (((milliseconds % 1000) + 1000) % 1000)) / 1000;

    /// <summary>White space as ECMAScript trims it.</summary>
    public static string Trim(string text) => text.Trim(EcmaScriptWhiteSpace);

    /// <summary>
    /// Milliseconds since 1970 from seconds, milliseconds or a date; null if there is no usable time. A value that is present and not
    /// a time gives a warning.
    /// </summary>
    public static long? Read(JsonSlice value, string field, MappingContext run)
    {
        if (!value.IsPresent)
        {
            return null;
        }

        double? number = value.Kind is JsonValueKind.Number or JsonValueKind.String ? NumberOf(value) : null;
        long milliseconds = 0;
        if (number is > 0 and < MaxMilliseconds)
        {
            milliseconds = (long)(number < LeastMilliseconds ? Math.Floor(number.Value) * 1000 : number.Value);
        }
        else if (number is null && IsoDate.TryRead(value, out long read))
        {
            milliseconds = read;
        }

        if (milliseconds >= 1000)
        {
            return milliseconds;
        }

        run.Warn(
            WarningCode.TimestampUnreadable,
            field,
            "not a time after 1970 and the event's next time was used; send seconds, milliseconds or an ISO 8601 date"
        );
        return null;
    }

    private static JsonSlice ToTs(in ParsedEvent e, long? given, MappingContext run)
    {
        JsonSlice source = default;
        if ((given ?? EventTime.Milliseconds(e, run, out source)) is not { } milliseconds)
        {
            return default;
        }

        if (run.Options.CheckRules && EventTime.IsInFuture(e, milliseconds, source))
        {
            run.Warn(
                WarningCode.TimestampInFuture,
                "ts",
                "the time is more than 2 minutes after the event was received and live campaigns ignore the event; correct the sender's clock or ts"
            );
        }

        return run.Made.AddNumber(ToSeconds(milliseconds));
    }

    /// <summary>Numbers, and text that reads as a number, stay as they are; dates are converted; other text is null.</summary>
    private static JsonSlice Explicit(JsonSlice ts, MappingContext run)
    {
        if (!ts.IsTruthy || ts.Kind is JsonValueKind.Number or JsonValueKind.True)
        {
            return ts;
        }

        if (ts.Kind == JsonValueKind.String && NumberOf(ts) is not (null or 0))
        {
            return ts;
        }

        return IsoDate.TryRead(ts, out long milliseconds) ? run.Made.AddNumber(ToSeconds(milliseconds)) : JsonSlice.Null;
    }

    private static double? NumberOf(JsonSlice value)
    {
        if (value.Kind == JsonValueKind.Number)
        {
            return JsonNumber.ToDouble(value.Span);
        }

        if (IsDate(value.Span))
        {
            return null;
        }

        return double.TryParse(
            Trim(value.ToText()!),
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture,
            out double number
        )
            ? number
            : null;
    }

    /// <summary>Whether a string begins like "2024-", which no number does.</summary>
    private static bool IsDate(ReadOnlySpan<byte> quoted) =>
        quoted.Length > 6 && quoted[5] == '-' && quoted.Slice(1, 4).IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
}
