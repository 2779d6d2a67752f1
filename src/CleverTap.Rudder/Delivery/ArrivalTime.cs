using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Mapping;

namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>
/// Gives an event that carries no time the time at which it was handed over, so that hours in a queue do not move it: CleverTap would
/// take the time of the upload.
/// </summary>
internal static class ArrivalTime
{
    /// <summary>The same event if the mapping finds a time in it, else a copy whose <c>timestamp</c> is when it was received.</summary>
    /// <param name="rudderEvent">The event.</param>
    /// <param name="arrived">When it was handed over. A time of receipt or of sending that the event carries goes before it.</param>
    public static RudderEvent Stamp(RudderEvent rudderEvent, DateTimeOffset arrived)
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

    /// <summary>The members that <see cref="Timestamps"/> and <see cref="EventTime"/> read.</summary>
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
