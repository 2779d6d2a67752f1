namespace CleverTap.Rudder;

/// <summary>A rule of the host that changes events before a destination maps them; see <c>.EditEvents&lt;T&gt;()</c>.</summary>
/// <example>
/// <code>
/// internal sealed class LowerCaseIds : IEventEditor
/// {
///     public RudderEvent Edit(RudderEvent rudderEvent) => rudderEvent with { UserId = rudderEvent.UserId?.ToLowerInvariant() };
/// }
/// </code>
/// </example>
public interface IEventEditor
{
    /// <summary>Changes an event. Called from any thread, for several events at a time.</summary>
    /// <param name="rudderEvent">The event, as filters and editors before have left it.</param>
    /// <returns>
    /// The event to send; the same if there is nothing to change. Null or an exception makes the event Invalid, with the code
    /// <see cref="EventErrorCode.HostRule"/>, and stops nothing else.
    /// </returns>
    RudderEvent Edit(RudderEvent rudderEvent);
}
