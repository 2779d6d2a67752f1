using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>
/// When an event happened, if no <c>ts</c> says so: the warehouse's own <c>timestamp</c>, else the event's <c>timestamp</c> (which
/// rudder-server keeps or computes), else the device's time corrected by its clock's error, else the device's time.
/// </summary>
internal static class EventTime
{
    /// <summary>Milliseconds since 1970; null if the event carries no usable time.</summary>
    public static long? Milliseconds(in ParsedEvent e, MappingContext run, out JsonSlice source)
    {
        source = default;
        if (e.Channel.IsText("sources"u8) && Warehouse(e, run, out source) is { } mapped)
        {
            return mapped;
        }

        source = e.Timestamp;
        return Timestamps.Read(e.Timestamp, "timestamp", run) ?? Corrected(e, run) ?? Device(e, run, out source);
    }

    /// <summary>Whether a time lies more than two minutes after the event was received or, if that is not known, sent.</summary>
    public static bool IsInFuture(in ParsedEvent e, long milliseconds, JsonSlice source)
    {
        JsonSlice latest = e.ReceivedAt.IsPresent ? e.ReceivedAt : e.SentAt;
        if (!latest.IsPresent || IsNotLater(source.Span, latest.Span))
        {
            return false;
        }

        return (IsoDate.TryRead(e.ReceivedAt, out long known) || IsoDate.TryRead(e.SentAt, out known))
            && milliseconds > known + Timestamps.FutureTolerance;
    }

    /// <summary>Texts as nearly every SDK writes them, <c>"2024-01-31T23:59:59.999Z"</c>, compare like their times.</summary>
    private static bool IsNotLater(ReadOnlySpan<byte> time, ReadOnlySpan<byte> latest) =>
        time.Length == latest.Length && time.Length > 2 && time[^2] == 'Z' && latest[^2] == 'Z' && time.SequenceCompareTo(latest) <= 0;

    /// <summary>The column that the warehouse sync maps to <c>timestamp</c>.</summary>
    private static long? Warehouse(in ParsedEvent e, MappingContext run, out JsonSlice source)
    {
        source = e.Properties.Member("timestamp"u8);
        if (Timestamps.Read(source, "properties.timestamp", run) is { } property)
        {
            return property;
        }

        source = e.Traits.Member("timestamp"u8);
        if (Timestamps.Read(source, "traits.timestamp", run) is { } trait)
        {
            return trait;
        }

        source = e.Context.Member("traits"u8).Member("timestamp"u8);
        return Timestamps.Read(source, "context.traits.timestamp", run);
    }

    /// <summary>
    /// <c>receivedAt - (sentAt - originalTimestamp)</c>: device and server clocks differ by as much as the time of sending and the time
    /// of receipt (rudder-server's rule). Null unless all three can be read.
    /// </summary>
    private static long? Corrected(in ParsedEvent e, MappingContext run)
    {
        if (!e.ReceivedAt.IsPresent || !e.SentAt.IsPresent || !e.OriginalTimestamp.IsPresent)
        {
            return null;
        }

        if (!IsoDate.TryRead(e.OriginalTimestamp, out long original))
        {
            return null;
        }

        long? received = Clock(e.ReceivedAt, "receivedAt", run);
        long? sent = Clock(e.SentAt, "sentAt", run);
        return received - (sent - original) is > 0 and { } corrected ? corrected : null;
    }

    /// <summary>A time that RudderStack or an SDK stamps: a date text, never a number.</summary>
    private static long? Clock(JsonSlice value, string field, MappingContext run)
    {
        if (IsoDate.TryRead(value, out long milliseconds))
        {
            return milliseconds;
        }

        run.Warn(
            WarningCode.TimestampUnreadable,
            field,
            "not a date, so that the error of the device's clock stays in the event's time; send an ISO 8601 date"
        );
        return null;
    }

    private static long? Device(in ParsedEvent e, MappingContext run, out JsonSlice source)
    {
        source = e.OriginalTimestamp;
        return Timestamps.Read(e.OriginalTimestamp, "originalTimestamp", run);
    }
}
