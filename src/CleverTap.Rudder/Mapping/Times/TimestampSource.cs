namespace CleverTap.Rudder;

/// <summary>Specifies the source of the time of a record (<c>ts</c>, in seconds since 1970).</summary>
public enum TimestampSource
{
    /// <summary>The time at which the event happened: the first usable value of the list in the remarks.</summary>
    /// <remarks>
    /// <list type="number">
    /// <item>An explicit <c>ts</c> in the traits or properties: seconds; milliseconds and date texts are converted.</item>
    /// <item>For <c>channel: sources</c>, the <c>timestamp</c> of the warehouse in properties or traits.</item>
    /// <item>The <c>timestamp</c> of the event.</item>
    /// <item>
    /// <c>receivedAt - (sentAt - originalTimestamp)</c> if all three are readable, because clocks of devices are wrong (rudder-server's
    /// rule).
    /// </item>
    /// <item>The <c>originalTimestamp</c>.</item>
    /// </list>
    /// A time more than 2 minutes after the receipt of the event gives a warning. For an event without any of these times, a destination
    /// sets its <c>receivedAt</c> or <c>sentAt</c>, else the time at which it was sent, enqueued or written to the topic.
    /// </remarks>
    EventTime,

    /// <summary>
    /// Only an explicit <c>ts</c>: a date text is converted, other text becomes null, any other value does not change. Without it
    /// CleverTap uses the time of receipt. rudder-transformer does the same.
    /// </summary>
    ExplicitOnly,
}
