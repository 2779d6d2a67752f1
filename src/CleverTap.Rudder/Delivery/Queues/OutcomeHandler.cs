namespace CleverTap.Rudder;

/// <summary>Takes an event of a background queue and its final outcome.</summary>
/// <param name="rudderEvent">The event.</param>
/// <param name="outcome">What became of it and why. Its index has no meaning here.</param>
/// <returns>
/// Ends when the caller may go on. Delivery waits for it, event by event; an exception is logged and goes no further. Do not
/// wait in it for room in the same queue, nor for a flush of it: neither comes before it has ended.
/// </returns>
public delegate Task OutcomeHandler(RudderEvent rudderEvent, EventOutcome outcome);
