namespace CleverTap.Rudder;

/// <summary>Takes an event that will not be delivered: refused, invalid, dropped, or left when the host stopped.</summary>
/// <param name="rudderEvent">The event.</param>
/// <param name="outcome">What became of it and why. Its index has no meaning here.</param>
/// <returns>Ends when the event is in safe hands. Delivery waits for it; an exception is logged and goes no further.</returns>
public delegate Task DeadLetterHandler(RudderEvent rudderEvent, EventOutcome outcome);
