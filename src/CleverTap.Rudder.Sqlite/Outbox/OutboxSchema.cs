using Microsoft.Data.Sqlite;

namespace CleverTap.Rudder.Internal.Sqlite.Outbox;

/// <summary>The tables of an outbox. A file stores how many steps it has taken (<c>user_version</c>); opening it takes the rest.</summary>
internal static class OutboxSchema
{
    /// <summary>Marks a database as an outbox.</summary>
    public const int ApplicationId = 0x43_54_52_6F;

    /// <summary>
    /// In the order of the versions. A step that was released is never changed: another one follows it. Ids are never used twice, so
    /// that a place in the outbox stays one.
    /// </summary>
    private static readonly string[] Steps =
    [
        """
            CREATE TABLE event (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                json BLOB NOT NULL
            ) STRICT
            """,
        """
            CREATE TABLE dead_letter (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                at INTEGER NOT NULL,
                json BLOB NOT NULL,
                message_id TEXT,
                kind TEXT NOT NULL,
                code INTEGER,
                reason TEXT,
                message TEXT
            ) STRICT;
            CREATE INDEX dead_letter_at ON dead_letter (at)
            """,
        """
            CREATE TABLE seen_message (
                position INTEGER PRIMARY KEY AUTOINCREMENT,
                message_id TEXT NOT NULL UNIQUE,
                at INTEGER NOT NULL
            ) STRICT;
            CREATE INDEX seen_message_at ON seen_message (at)
            """,
    ];

    /// <summary>Checks that the database is an outbox that this version knows, before anything is written to it.</summary>
    /// <exception cref="SqliteOutboxException">The database belongs to something else, or to another version.</exception>
    public static void CheckOwner(SqliteConnection connection)
    {
        long owner = connection.ReadScalar("PRAGMA application_id");
        long version = connection.ReadScalar("PRAGMA user_version");
        bool isEmpty = connection.ReadScalar("SELECT count(*) FROM sqlite_schema") == 0;
        if (owner != ApplicationId && !(owner == 0 && isEmpty))
        {
            throw OutboxErrors.Foreign($"{connection.DataSource} is a database of something else. Choose another file");
        }

        if (version < 0 || version > Steps.Length)
        {
            throw OutboxErrors.Foreign(
                $"{connection.DataSource} has version {version}; this package knows 0 to {Steps.Length}. Use the package that made it"
            );
        }
    }

    /// <summary>Creates the tables, or brings them up to date, in one transaction. Writes nothing if they are.</summary>
    public static void Migrate(SqliteConnection connection)
    {
        long version = connection.ReadScalar("PRAGMA user_version");
        if (version == Steps.Length)
        {
            return;
        }

        connection.Execute("BEGIN IMMEDIATE");
        for (long step = version; step < Steps.Length; step++)
        {
            connection.Execute(Steps[step]);
        }

        connection.Execute($"PRAGMA application_id = {ApplicationId}");
        connection.Execute($"PRAGMA user_version = {Steps.Length}");
        connection.Execute("COMMIT");
    }
}
