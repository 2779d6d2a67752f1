namespace CleverTap.Rudder.Internal.Sqlite.Storage;

/// <summary>An event of the file.</summary>
internal readonly record struct OutboxRow(long Id, byte[] Json);
