using System.Globalization;
using System.Text.Json;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Determines CleverTap's <c>ts</c>, the time of a record in seconds since 1970.</summary>
/// <remarks>If it is missing, CleverTap uses the time of receipt.</remarks>
internal static class Timestamps
{
    /// <summary>A number from this value on is in milliseconds: in seconds it would be in the year 5138.</summary>
    private const double MinMilliseconds = 1e11;

    /// <summary>The start of the year 10000. A number from this value on is no time; it may be in microseconds.</summary>
    private const double MaxMilliseconds = RudderEvent.MaxUnixMilliseconds + 1;

    /// <summary>The time by which an event may be later than its receipt for CleverTap's live campaigns: 2 minutes.</summary>
    public const long FutureToleranceMilliseconds = 2 * 60 * 1000;

    /// <summary>Determines the time of an identify or alias call.</summary>
    public static JsonSlice ResolveForProfile(in ParsedEvent parsed, JsonSlice traitsTs, JsonSlice contextTs, MappingContext context)
    {
        if (context.Options.Timestamps == TimestampSource.ExplicitOnly)
        {
            return ConvertExplicit(traitsTs.IsTruthy ? traitsTs : contextTs, context);
        }

        long? explicitTime = ReadMilliseconds(traitsTs, "traits.ts", context) ?? ReadMilliseconds(contextTs, "context.traits.ts", context);
        return ToRecordTime(parsed, explicitTime, context);
    }

    /// <summary>Determines the time of a track, page or screen call.</summary>
    public static JsonSlice ResolveForEvent(in ParsedEvent parsed, JsonSlice propertiesTs, MappingContext context)
    {
        if (context.Options.Timestamps == TimestampSource.ExplicitOnly)
        {
            return propertiesTs.IsPresent ? ConvertExplicit(propertiesTs, context) : default;
        }

        return ToRecordTime(parsed, ReadMilliseconds(propertiesTs, "properties.ts", context), context);
    }

    /// <summary>Resolves an order's time. Unlike other events, an order uses an explicit ts even if it is empty or false.</summary>
    public static JsonSlice ResolveForOrder(in ParsedEvent parsed, JsonSlice propertiesTs, MappingContext context) =>
        context.Options.Timestamps == TimestampSource.ExplicitOnly && !propertiesTs.IsNullOrMissing
            ? ConvertExplicit(propertiesTs, context)
            : ResolveForEvent(parsed, propertiesTs, context);

    /// <summary>Converts milliseconds to seconds, rounded down, also before 1970.</summary>
    public static long ToSeconds(long milliseconds) => (milliseconds - (((milliseconds % 1000) + 1000) % 1000)) / 1000;

    /// <summary>Reads milliseconds since 1970 from seconds, milliseconds or a date, or returns null.</summary>
    /// <remarks>A value that is present but not a time gives a warning.</remarks>
    public static long? ReadMilliseconds(JsonSlice value, string field, MappingContext context)
    {
        if (!value.IsPresent)
        {
            return null;
        }

        double? number = value.Kind is JsonValueKind.Number or JsonValueKind.String ? ReadNumber(value) : null;
        long milliseconds = 0;
        if (number is > 0 and < MaxMilliseconds)
        {
            milliseconds = (long)(number < MinMilliseconds ? Math.Floor(number.Value) * 1000 : number.Value);
        }
        else if (number is null && IsoDate.TryReadExistingDay(value, out long read))
        {
            milliseconds = read;
        }

        if (milliseconds >= 1000)
        {
            return milliseconds;
        }

        context.Warn(
            WarningCode.TimestampUnreadable,
            field,
            "not a time after 1970 and the event's next time was used; send seconds, milliseconds or an ISO 8601 date"
        );
        return null;
    }

    private static JsonSlice ToRecordTime(in ParsedEvent parsed, long? explicitTime, MappingContext context)
    {
        JsonSlice source = default;
        if ((explicitTime ?? EventTime.Resolve(parsed, context, out source)) is not { } milliseconds)
        {
            return default;
        }

        if (context.Options.CheckRules && EventTime.IsInFuture(parsed, milliseconds, source))
        {
            context.Warn(
                WarningCode.TimestampInFuture,
                "ts",
                "the time is more than 2 minutes after the event was received and live campaigns ignore the event; "
                    + "correct the sender's clock or ts"
            );
        }

        return context.Scratch.AddNumber(ToSeconds(milliseconds));
    }

    /// <summary>Converts a date to seconds and other text to null. Numbers, and text that is a number, do not change.</summary>
    private static JsonSlice ConvertExplicit(JsonSlice ts, MappingContext context)
    {
        if (!ts.IsTruthy || ts.Kind is JsonValueKind.Number or JsonValueKind.True)
        {
            return ts;
        }

        if (ts.Kind == JsonValueKind.String && ReadNumber(ts) is not (null or 0))
        {
            return ts;
        }

        return IsoDate.TryRead(ts, out long milliseconds) ? context.Scratch.AddNumber(ToSeconds(milliseconds)) : JsonSlice.Null;
    }

    private static double? ReadNumber(JsonSlice value)
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
            EcmaScriptText.Trim(value.ToText()!),
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture,
            out double number
        )
            ? number
            : null;
    }

    /// <summary>Whether a string starts like "2024-", as no number does.</summary>
    private static bool IsDate(ReadOnlySpan<byte> quoted) =>
        quoted.Length > 6 && quoted[5] == '-' && quoted.Slice(1, 4).IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
}
