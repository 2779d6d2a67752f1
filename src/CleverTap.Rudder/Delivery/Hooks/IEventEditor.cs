namespace CleverTap.Rudder;

/// <summary>Changes events before a destination maps them; see <c>.EditEvents&lt;T&gt;()</c>.</summary>
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
    /// <summary>Changes an event.</summary>
    /// <remarks>The method is called from any thread, for several events at a time.</remarks>
    /// <param name="rudderEvent">The event after the filters and editors that were registered before.</param>
    /// <returns>
    /// The event to send, which may be the same event. If the method returns null or throws, the outcome of the event is Invalid with the
    /// code <see cref="EventErrorCode.HostRule"/>; other events are not affected.
    /// </returns>
    RudderEvent Edit(RudderEvent rudderEvent);
}
