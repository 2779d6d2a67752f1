namespace CleverTap.Rudder;

/// <summary>Where the time of a record (<c>ts</c>, in seconds since 1970) comes from.</summary>
public enum TimestampSource
{
    /// <summary>
    /// An explicit <c>ts</c> in the traits or properties (seconds; milliseconds and date texts are converted); else, of a warehouse
    /// event (<c>channel</c> is <c>sources</c>), the <c>timestamp</c> in its properties or traits; else the event's <c>timestamp</c>;
    /// else <c>receivedAt - (sentAt - originalTimestamp)</c>, if all three are dates; else its <c>originalTimestamp</c>.
    /// </summary>
    EventTime,

    /// <summary>
    /// Only an explicit <c>ts</c>: a date text is converted (null where it is none), anything else is sent as it came.
    /// Without one CleverTap takes the time of receipt. This is what rudder-transformer does.
    /// </summary>
    ExplicitOnly,
}
