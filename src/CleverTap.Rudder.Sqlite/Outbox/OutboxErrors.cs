using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CleverTap.Rudder;

/// <summary>What SQLite's result codes mean to whoever runs the host (https://www.sqlite.org/rescode.html).</summary>
internal static class OutboxErrors
{
    public static SqliteOutboxException Of(SqliteException exception, string file) => exception.SqliteErrorCode switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => New(OutboxFault.InUse, $"The outbox {file} is in use by another process (a host, a SQLite shell, a backup), or by another destination of this one. Each destination needs a file of its own; OwnerTimeout waits for a process that is about to end", exception),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => Corrupt(file, exception),
        raw.SQLITE_FULL => DiskFull(file, exception),
        raw.SQLITE_READONLY or raw.SQLITE_PERM => ReadOnly(file, exception),
        raw.SQLITE_CANTOPEN or raw.SQLITE_AUTH => New(OutboxFault.CannotOpen, $"The outbox {file} cannot be opened: its folder has to exist, and this process to be allowed to write there", exception),
        _ => New(OutboxFault.Failed, $"The outbox {file} failed: SQLite result {exception.SqliteExtendedErrorCode}", exception),
    };

    public static SqliteOutboxException Corrupt(string file, Exception? cause) => New(
        OutboxFault.Corrupt,
        $"The outbox {file} is damaged, or no SQLite database. It was left as it is: move it away, and see sqlite3's .recover for what it holds",
        cause);

    public static SqliteOutboxException DiskFull(string file, Exception? cause) =>
        New(OutboxFault.DiskFull, $"The disk of the outbox {file} is full. Nothing was written; what was enqueued before is kept", cause);

    public static SqliteOutboxException ReadOnly(string file, Exception? cause) => New(OutboxFault.ReadOnly, $"The outbox {file} or its folder is read-only", cause);

    private static SqliteOutboxException New(OutboxFault fault, string message, Exception? cause) => new(fault, $"{message}.", cause);
}
