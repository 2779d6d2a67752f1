namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>The ids of an event that say whose it is; null if it does not have one.</summary>
internal readonly record struct EventIds(string? User, string? Anonymous, string? Previous);
