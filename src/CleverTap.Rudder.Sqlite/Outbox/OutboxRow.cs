namespace CleverTap.Rudder.Internal.Sqlite.Outbox;

/// <summary>An event in the file.</summary>
internal readonly record struct OutboxRow(long Id, byte[] Json);
