namespace CleverTap.Rudder;

/// <summary>Handles an event of a queue and its final outcome; <see cref="IOutcomeHandler"/> is the same as a service.</summary>
/// <param name="rudderEvent">The event, as it was enqueued.</param>
/// <param name="outcome">The outcome and its reason. Its index has no meaning here.</param>
/// <returns>A task that completes when the handler is done; see <see cref="IOutcomeHandler.HandleAsync"/>.</returns>
public delegate Task OutcomeHandler(RudderEvent rudderEvent, EventOutcome outcome);
