using CleverTap.Rudder.Internal.Mapping;

namespace CleverTap.Rudder;

/// <summary>Where the time of a record (<c>ts</c>, in seconds since 1970) comes from.</summary>
public enum TimestampSource
{
    /// <summary>
    /// An explicit <c>ts</c> in the traits or properties (seconds; milliseconds and date texts are converted); for
    /// <c>channel: sources</c> the warehouse's <c>timestamp</c> in properties or traits; the event's <c>timestamp</c>;
    /// <c>receivedAt - (sentAt - originalTimestamp)</c> if all three can be read, because device clocks are wrong (rudder-server's
    /// rule); <c>originalTimestamp</c>. A time more than 2 minutes after the event's receipt gives a warning.
    /// A destination stamps an event without any of these with its <c>receivedAt</c> or <c>sentAt</c>, else with the time at which it was
    /// sent or enqueued, or was written to the topic.
    /// </summary>
    EventTime,

    /// <summary>
    /// Only an explicit <c>ts</c>: a date text is converted (null where it is none), anything else is sent as it came.
    /// Without one CleverTap takes the time of receipt. This is what rudder-transformer does.
    /// </summary>
    ExplicitOnly,
}
