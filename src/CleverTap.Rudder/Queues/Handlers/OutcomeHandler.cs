namespace CleverTap.Rudder;

/// <summary>Takes an event of a queue and its final outcome; <see cref="IOutcomeHandler"/> is the same as a service.</summary>
/// <param name="rudderEvent">The event, as it came in.</param>
/// <param name="outcome">What became of it and why. Its index has no meaning here.</param>
/// <returns>Ends when the handler is done; see <see cref="IOutcomeHandler.HandleAsync"/>.</returns>
public delegate Task OutcomeHandler(RudderEvent rudderEvent, EventOutcome outcome);
