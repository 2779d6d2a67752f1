using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Determines the time of an event without an explicit <c>ts</c>.</summary>
/// <remarks>
/// The first usable value counts: the <c>timestamp</c> that a warehouse maps, the <c>timestamp</c> of the event (which rudder-server
/// keeps or computes), the time of the device corrected by the error of its clock, the time of the device.
/// </remarks>
internal static class EventTime
{
    /// <summary>Returns the time in milliseconds since 1970, or null if the event contains no usable time.</summary>
    public static long? Resolve(in ParsedEvent parsed, MappingContext context, out JsonSlice source)
    {
        source = default;
        if (parsed.Channel.IsText("sources"u8) && ReadWarehouseTime(parsed, context, out source) is { } mapped)
        {
            return mapped;
        }

        source = parsed.Timestamp;
        return Timestamps.ReadMilliseconds(parsed.Timestamp, "timestamp", context)
            ?? ComputeCorrectedTime(parsed, context)
            ?? ReadDeviceTime(parsed, context, out source);
    }

    /// <summary>Whether a time is more than two minutes after the event was received or, if that is unknown, sent.</summary>
    public static bool IsInFuture(in ParsedEvent parsed, long milliseconds, JsonSlice source)
    {
        JsonSlice latest = parsed.ReceivedAt.IsPresent ? parsed.ReceivedAt : parsed.SentAt;
        if (!latest.IsPresent || IsSameOrEarlier(source.Span, latest.Span))
        {
            return false;
        }

        return (
                IsoDate.TryReadExistingDay(parsed.ReceivedAt, out long latestTime)
                || IsoDate.TryReadExistingDay(parsed.SentAt, out latestTime)
            )
            && milliseconds > latestTime + Timestamps.FutureToleranceMilliseconds;
    }

    /// <summary>
    /// Compares texts like <c>"2024-01-31T23:59:59.999Z"</c>, as nearly every SDK writes them: their order is that of their times.
    /// </summary>
    private static bool IsSameOrEarlier(ReadOnlySpan<byte> time, ReadOnlySpan<byte> latest) =>
        time.Length == latest.Length && time.Length > 2 && time[^2] == 'Z' && latest[^2] == 'Z' && time.SequenceCompareTo(latest) <= 0;

    /// <summary>Reads the column that the warehouse sync maps to <c>timestamp</c>.</summary>
    private static long? ReadWarehouseTime(in ParsedEvent parsed, MappingContext context, out JsonSlice source)
    {
        source = parsed.Properties.Member("timestamp"u8);
        if (Timestamps.ReadMilliseconds(source, "properties.timestamp", context) is { } property)
        {
            return property;
        }

        source = parsed.Traits.Member("timestamp"u8);
        if (Timestamps.ReadMilliseconds(source, "traits.timestamp", context) is { } trait)
        {
            return trait;
        }

        source = parsed.Context.Member("traits"u8).Member("timestamp"u8);
        return Timestamps.ReadMilliseconds(source, "context.traits.timestamp", context);
    }

    /// <summary>Computes <c>receivedAt - (sentAt - originalTimestamp)</c>, or returns null unless all three are readable.</summary>
    /// <remarks>
    /// The clocks of device and server differ by the difference of the time of sending and the time of receipt (rudder-server's rule).
    /// </remarks>
    private static long? ComputeCorrectedTime(in ParsedEvent parsed, MappingContext context)
    {
        if (!parsed.ReceivedAt.IsPresent || !parsed.SentAt.IsPresent || !parsed.OriginalTimestamp.IsPresent)
        {
            return null;
        }

        if (!IsoDate.TryReadExistingDay(parsed.OriginalTimestamp, out long original))
        {
            return null;
        }

        long? received = ReadClock(parsed.ReceivedAt, "receivedAt", context);
        long? sent = ReadClock(parsed.SentAt, "sentAt", context);
        return received - (sent - original) is > 0 and { } corrected ? corrected : null;
    }

    /// <summary>Reads a time that RudderStack or an SDK sets: a date text, never a number.</summary>
    private static long? ReadClock(JsonSlice value, string field, MappingContext context)
    {
        if (IsoDate.TryReadExistingDay(value, out long milliseconds))
        {
            return milliseconds;
        }

        context.Warn(
            WarningCode.TimestampUnreadable,
            field,
            "not a date, so that the error of the device's clock stays in the event's time; send an ISO 8601 date"
        );
        return null;
    }

    private static long? ReadDeviceTime(in ParsedEvent parsed, MappingContext context, out JsonSlice source)
    {
        source = parsed.OriginalTimestamp;
        return Timestamps.ReadMilliseconds(parsed.OriginalTimestamp, "originalTimestamp", context);
    }
}
