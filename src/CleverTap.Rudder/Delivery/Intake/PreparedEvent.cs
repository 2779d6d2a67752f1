using CleverTap.Rudder.Internal.Delivery.Engine;

namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>What became of an event on its way to an engine.</summary>
/// <param name="Pending">The event to submit; null if it is not sent.</param>
/// <param name="Outcome">The outcome of an event that is not sent; null if it is.</param>
/// <param name="Reporter">Who reports that outcome: the account, or what is in front of the accounts.</param>
internal readonly record struct PreparedEvent(PendingEvent? Pending, EventOutcome? Outcome, IDeliveryTarget Reporter);
