namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>A filter or an editor of the host.</summary>
/// <param name="Name">What errors call it.</param>
/// <param name="ShouldSend">Says whether an event is sent; null for an editor.</param>
/// <param name="Edit">Changes an event; null for a filter.</param>
internal sealed record EventHook(string Name, Func<RudderEvent, bool>? ShouldSend, Func<RudderEvent, RudderEvent?>? Edit);
