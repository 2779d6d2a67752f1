namespace CleverTap.Rudder;

/// <summary>Where the time of a record (<c>ts</c>, in seconds since 1970) comes from.</summary>
public enum TimestampSource
{
    /// <summary>
    /// An explicit <c>ts</c> in the traits or properties (seconds; milliseconds and date texts are converted), else the
    /// event's <c>originalTimestamp</c>, else its <c>timestamp</c>.
    /// </summary>
    EventTime,

    /// <summary>
    /// Only an explicit <c>ts</c>: a date text is converted (null where it is none), anything else is sent as it came.
    /// Without one CleverTap takes the time of receipt. This is what rudder-transformer does.
    /// </summary>
    ExplicitOnly,
}
