namespace CleverTap.Rudder;

/// <summary>The name of a destination that was registered.</summary>
internal sealed record DestinationName(string Value);
