using CleverTap.Rudder.Internal.Delivery.Engine;

namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>The result of preparing an event: an event to submit, or an outcome.</summary>
/// <param name="Pending">The event to submit; null if it is not sent.</param>
/// <param name="Outcome">The outcome of an event that is not sent; null if it is sent.</param>
/// <param name="Reporter">The target that reports the outcome: the account, or the route in front of the accounts.</param>
internal readonly record struct PreparedEvent(PendingEvent? Pending, EventOutcome? Outcome, IDeliveryTarget Reporter);
