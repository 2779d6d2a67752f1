namespace CleverTap.Rudder;

/// <summary>Decides which events a destination sends; see <c>.FilterEvents&lt;T&gt;()</c>.</summary>
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
    /// <summary>Returns whether an event is sent.</summary>
    /// <remarks>The method is called from any thread, for several events at a time.</remarks>
    /// <param name="rudderEvent">The event after the filters and editors that were registered before.</param>
    /// <returns>
    /// True to send the event. If false, its outcome is Filtered with the reason <see cref="FilterReason.HostRule"/>. If the method throws,
    /// the outcome is Invalid with the code <see cref="EventErrorCode.HostRule"/>; other events are not affected.
    /// </returns>
    bool ShouldSend(RudderEvent rudderEvent);
}
