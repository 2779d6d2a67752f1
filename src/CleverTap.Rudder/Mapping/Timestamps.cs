using System.Globalization;
using System.Text.Json;

namespace CleverTap.Rudder;

/// <summary>When it happened: CleverTap's <c>ts</c>, in seconds since 1970. Missing means that CleverTap takes the time of receipt.</summary>
internal static class Timestamps
{
    /// <summary>From here on a number can only be milliseconds: in seconds it is the year 5138.</summary>
    private const double LeastMilliseconds = 1e11;

    private static readonly char[] EcmaScriptWhiteSpace =
        "\t\n\v\f\r \u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF".ToCharArray();

    /// <summary>The time of an identify or alias call.</summary>
    public static JsonValue OfProfile(in EventIndex e, JsonValue traitsTs, JsonValue contextTs, MappingRun run)
    {
        if (run.Options.Timestamps == TimestampSource.ExplicitOnly) return Explicit(traitsTs.IsTruthy ? traitsTs : contextTs, run);
        return Seconds(traitsTs, "traits.ts", run) ?? Seconds(contextTs, "context.traits.ts", run) ?? OfEvent(e, run);
    }

    /// <summary>The time of a track, page or screen call.</summary>
    public static JsonValue OfEvent(in EventIndex e, JsonValue propertiesTs, MappingRun run)
    {
        if (run.Options.Timestamps == TimestampSource.ExplicitOnly) return propertiesTs.IsPresent ? Explicit(propertiesTs, run) : default;
        return Seconds(propertiesTs, "properties.ts", run) ?? OfEvent(e, run);
    }

    /// <summary>The time of an order, which rudder-transformer reads a little differently.</summary>
    public static JsonValue OfOrder(in EventIndex e, JsonValue propertiesTs, MappingRun run) =>
        run.Options.Timestamps == TimestampSource.ExplicitOnly && !propertiesTs.IsNullOrMissing
            ? Explicit(propertiesTs, run)
            : OfEvent(e, propertiesTs, run);

    /// <summary>Rounds down, also before 1970.</summary>
    public static long ToSeconds(long milliseconds) => (milliseconds - (((milliseconds % 1000) + 1000) % 1000)) / 1000;

    /// <summary>White space as ECMAScript trims it.</summary>
    public static string Trim(string text) => text.Trim(EcmaScriptWhiteSpace);

    private static JsonValue OfEvent(in EventIndex e, MappingRun run) =>
        Seconds(e.OriginalTimestamp, "originalTimestamp", run) ?? Seconds(e.Timestamp, "timestamp", run) ?? default;

    /// <summary>Numbers, and text that reads as a number, stay as they are; dates are converted; other text is null.</summary>
    private static JsonValue Explicit(JsonValue ts, MappingRun run)
    {
        if (!ts.IsTruthy || ts.Kind is JsonValueKind.Number or JsonValueKind.True) return ts;
        if (ts.Kind == JsonValueKind.String && NumberOf(ts) is not (null or 0)) return ts;
        return IsoDate.TryRead(ts, out long milliseconds) ? run.Made.Number(ToSeconds(milliseconds)) : JsonValue.Null;
    }

    /// <summary>Null where there is no usable time; something that looks like one but is not gives a warning.</summary>
    private static JsonValue? Seconds(JsonValue ts, string field, MappingRun run)
    {
        if (!ts.IsPresent) return null;
        long seconds = 0;
        double? number = ts.Kind is JsonValueKind.Number or JsonValueKind.String ? NumberOf(ts) : null;
        if (number is > 0 and < 1e16) seconds = (long)(number < LeastMilliseconds ? number.Value : number.Value / 1000);
        else if (number is null && IsoDate.TryRead(ts, out long milliseconds)) seconds = ToSeconds(milliseconds);
        if (seconds > 0) return run.Made.Number(seconds);

        run.Warn(WarningCode.TimestampUnreadable, field, "not a time after 1970 (seconds, milliseconds or an ISO 8601 date); the event's next time is used");
        return null;
    }

    private static double? NumberOf(JsonValue value)
    {
        if (value.Kind == JsonValueKind.Number) return JsonNumber.ToDouble(value.Span);
        if (IsDate(value.Span)) return null;
        return double.TryParse(
            Trim(value.ToText()!), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double number)
            ? number
            : null;
    }

    /// <summary>Whether a string begins like "2024-", which no number does.</summary>
    private static bool IsDate(ReadOnlySpan<byte> quoted) =>
        quoted.Length > 6 && quoted[5] == '-' && quoted.Slice(1, 4).IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
}
