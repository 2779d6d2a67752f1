using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Mapping;

namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>
/// Adds the time of arrival to an event without a time. Without it CleverTap would use the time of the upload, which may be hours later.
/// </summary>
internal static class ArrivalTime
{
    /// <summary>Returns the same event if the mapping finds a time in it; otherwise a copy with a <c>timestamp</c>.</summary>
    /// <param name="rudderEvent">The event.</param>
    /// <param name="arrived">The time of arrival, which is used if the event has neither a time of receipt nor a time of sending.</param>
    public static RudderEvent AddIfMissing(RudderEvent rudderEvent, DateTimeOffset arrived)
    {
        ref readonly ParsedEvent index = ref rudderEvent.Parsed;
        if (index.Timestamp.IsPresent || index.OriginalTimestamp.IsPresent || HasExplicitTime(index))
        {
            return rudderEvent;
        }

        return rudderEvent with
        {
            Timestamp = rudderEvent.ReceivedAt ?? rudderEvent.SentAt ?? arrived,
        };
    }

    /// <summary>Whether the event has one of the members that <see cref="Timestamps"/> and <see cref="EventTime"/> read.</summary>
    private static bool HasExplicitTime(in ParsedEvent e)
    {
        JsonSlice contextTraits = e.Context.Member("traits"u8);
        bool isSources = e.Channel.IsText("sources"u8);
        bool isProfile = e.Type is EventType.Identify or EventType.Alias;
        return (isProfile && (Has(e.Traits, "ts"u8) || Has(contextTraits, "ts"u8)))
            || (!isProfile && Has(e.Properties, "ts"u8))
            || (isSources && (Has(e.Properties, "timestamp"u8) || Has(e.Traits, "timestamp"u8) || Has(contextTraits, "timestamp"u8)));
    }

    private static bool Has(JsonSlice bag, ReadOnlySpan<byte> name) => bag.Member(name).IsPresent;
}
