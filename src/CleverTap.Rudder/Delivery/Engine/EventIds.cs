namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>The ids that identify the user of an event; each is null if the event does not have it.</summary>
internal readonly record struct EventIds(string? User, string? Anonymous, string? Previous);
