namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>A filter or an editor that the host has registered.</summary>
/// <param name="Name">The name of the hook in errors.</param>
/// <param name="ShouldSend">Returns whether an event is sent; null for an editor.</param>
/// <param name="Edit">Returns the changed event; null for a filter.</param>
internal sealed record EventHook(string Name, Func<RudderEvent, bool>? ShouldSend, Func<RudderEvent, RudderEvent?>? Edit);
