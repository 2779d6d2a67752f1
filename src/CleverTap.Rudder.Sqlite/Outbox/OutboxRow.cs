namespace CleverTap.Rudder;

/// <summary>An event that waits in the outbox.</summary>
internal readonly record struct OutboxRow(long Id, byte[] Json);
