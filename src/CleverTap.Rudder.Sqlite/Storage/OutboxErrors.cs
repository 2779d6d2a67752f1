using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CleverTap.Rudder.Internal.Sqlite.Storage;

/// <summary>Translates SQLite's result codes (https://www.sqlite.org/rescode.html) into errors with a remedy.</summary>
internal static class OutboxErrors
{
    public static SqliteOutboxException From(SqliteException exception, string file) =>
        exception.SqliteErrorCode switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => New(
                OutboxFault.InUse,
                $"The outbox {file} is in use by another process (a host, a SQLite shell, a backup) "
                    + "or by another destination of this process. Each destination needs its own file; OwnerTimeout waits for a process that is about to end",
                exception
            ),
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => Corrupt(file, exception),
            raw.SQLITE_FULL => DiskFull(file, exception),
            raw.SQLITE_READONLY or raw.SQLITE_PERM => ReadOnly(file, exception),
            raw.SQLITE_CANTOPEN or raw.SQLITE_AUTH => New(
                OutboxFault.CannotOpen,
                $"The outbox {file} cannot be opened: its folder must exist, and this process needs write access to it",
                exception
            ),
            _ => New(OutboxFault.Failed, $"The outbox {file} failed: SQLite result {exception.SqliteExtendedErrorCode}", exception),
        };

    public static SqliteOutboxException Corrupt(string file, Exception? cause) =>
        New(
            OutboxFault.Corrupt,
            $"The outbox {file} is damaged or is not a SQLite database. "
                + "It was not changed: move it away and recover it with sqlite3's .recover",
            cause
        );

    public static SqliteOutboxException DamagedDeadLetter(string file, long id) =>
        New(
            OutboxFault.Corrupt,
            $"Dead letter {id} of the outbox {file} is damaged. Purge it by its id, or list the dead letters after it",
            null
        );

    public static SqliteOutboxException DiskFull(string file, Exception? cause) =>
        New(
            OutboxFault.DiskFull,
            $"The disk of the outbox {file} is full. Nothing was written; events that were enqueued before are safe",
            cause
        );

    public static SqliteOutboxException ReadOnly(string file, Exception? cause) =>
        New(OutboxFault.ReadOnly, $"The outbox {file} or its folder is read-only", cause);

    public static SqliteOutboxException Missing(string file) =>
        New(
            OutboxFault.Missing,
            $"The outbox file {file} was deleted or moved while it was open. Nothing can be enqueued until the host is restarted",
            null
        );

    public static SqliteOutboxException Foreign(string message) => New(OutboxFault.Foreign, message, null);

    private static SqliteOutboxException New(OutboxFault fault, string message, Exception? cause) => new(fault, $"{message}.", cause);
}
