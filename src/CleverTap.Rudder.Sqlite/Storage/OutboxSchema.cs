using Microsoft.Data.Sqlite;

namespace CleverTap.Rudder.Internal.Sqlite.Storage;

/// <summary>Creates and migrates the tables of an outbox. <c>user_version</c> is the number of migrations that a file has had.</summary>
internal static class OutboxSchema
{
    /// <summary>Marks a database as an outbox.</summary>
    public const int ApplicationId = 0x43_54_52_6F;

    /// <summary>
    /// The migrations, in the order of the versions. A released migration never changes; a new one follows it. AUTOINCREMENT never uses
    /// an id twice, so that an id always means the same event.
    /// </summary>
    private static readonly string[] Migrations =
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

    /// <summary>Checks that the database is empty or an outbox of a known version, before anything is written to it.</summary>
    /// <exception cref="SqliteOutboxException">The database belongs to another program, or to a newer version of this package.</exception>
    public static void CheckOwner(SqliteConnection connection)
    {
        long owner = connection.ReadScalar("PRAGMA application_id");
        long version = connection.ReadScalar("PRAGMA user_version");
        bool isEmpty = connection.ReadScalar("SELECT count(*) FROM sqlite_schema") == 0;
        if (owner != ApplicationId && !(owner == 0 && isEmpty))
        {
            throw OutboxErrors.Foreign($"{connection.DataSource} is a database of another program. Choose another file");
        }

        if (version < 0 || version > Migrations.Length)
        {
            throw OutboxErrors.Foreign(
                $"{connection.DataSource} has version {version}; this package supports 0 to {Migrations.Length}. "
                    + "Use the package version that created it"
            );
        }
    }

    /// <summary>Runs the missing migrations in one transaction. Writes nothing if the tables are up to date.</summary>
    public static void Migrate(SqliteConnection connection)
    {
        long version = connection.ReadScalar("PRAGMA user_version");
        if (version == Migrations.Length)
        {
            return;
        }

        connection.Execute("BEGIN IMMEDIATE");
        for (long index = version; index < Migrations.Length; index++)
        {
            connection.Execute(Migrations[index]);
        }

        connection.Execute($"PRAGMA application_id = {ApplicationId}");
        connection.Execute($"PRAGMA user_version = {Migrations.Length}");
        connection.Execute("COMMIT");
    }
}
