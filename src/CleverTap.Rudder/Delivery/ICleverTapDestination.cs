namespace CleverTap.Rudder;

/// <summary>Delivers RudderStack events to one CleverTap account. Thread-safe. Registered by <c>services.AddCleverTapDestination(…)</c>.</summary>
public interface ICleverTapDestination
{
    /// <summary>Transforms the events, uploads their records and tells what became of each.</summary>
    /// <param name="events">The events. A user's events reach CleverTap in this order.</param>
    /// <param name="cancellationToken">Stops sending; events not sent by then are Undelivered.</param>
    /// <returns>Exactly one outcome per event. A failed delivery is an outcome, never an exception.</returns>
    Task<DeliveryReport> SendAsync(IReadOnlyList<RudderEvent> events, CancellationToken cancellationToken = default);
}
