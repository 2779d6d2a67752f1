namespace CleverTap.Rudder;

/// <summary>Takes an event of a background queue and its final outcome.</summary>
/// <param name="rudderEvent">The event.</param>
/// <param name="outcome">What became of it and why. Its index has no meaning here.</param>
/// <returns>Ends when the caller may go on. Delivery waits for it; an exception is logged and goes no further.</returns>
public delegate Task OutcomeHandler(RudderEvent rudderEvent, EventOutcome outcome);
