namespace CleverTap.Rudder;

/// <summary>A rule of the host that says which events a destination sends; see <c>.FilterEvents&lt;T&gt;()</c>.</summary>
/// <example>
/// <code>
/// internal sealed class NoRobots(IRobotList robots) : IEventFilter
/// {
///     public bool ShouldSend(RudderEvent rudderEvent) => !robots.Contains(rudderEvent.UserId);
/// }
/// </code>
/// </example>
public interface IEventFilter
{
    /// <summary>Says whether an event is sent. Called from any thread, for several events at a time.</summary>
    /// <param name="rudderEvent">The event, as filters and editors before have left it.</param>
    /// <returns>
    /// False if it is not sent: its outcome is then Filtered, with the reason <see cref="FilterReason.HostRule"/>. An exception makes the
    /// event Invalid, with the code <see cref="EventErrorCode.HostRule"/>, and stops nothing else.
    /// </returns>
    bool ShouldSend(RudderEvent rudderEvent);
}
