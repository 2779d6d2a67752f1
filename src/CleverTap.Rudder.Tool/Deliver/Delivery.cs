namespace CleverTap.Rudder.Tool.Deliver;

/// <summary>How a delivery ended.</summary>
/// <param name="LastLine">The last line that was delivered or is on disk, if the run was stopped; else null.</param>
/// <param name="Outbox">The outbox that may hold events; null if there are none.</param>
/// <param name="Fault">Why the input was not read to its end; null if it was.</param>
internal sealed record Delivery(long? LastLine, string? Outbox, string? Fault);
