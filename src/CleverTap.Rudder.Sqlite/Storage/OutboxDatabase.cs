using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CleverTap.Rudder.Internal.Sqlite.Storage;

/// <summary>The database of an outbox. One process opens it at a time, and one thread uses it.</summary>
internal sealed class OutboxDatabase : IDisposable
{
    private const int WalBytesKept = 64 * 1024 * 1024;

    private readonly SqliteConnection connection;
    private readonly SqliteCommand insert;
    private readonly SqliteCommand read;
    private readonly SqliteCommand delete;

    private OutboxDatabase(SqliteConnection connection, SqliteOutboxOptions options, DeduplicationWindow window, TimeProvider time)
    {
        this.connection = connection;
        insert = connection.CreateStatement("INSERT INTO event (json) VALUES ($json)", "$json");
        read = connection.CreateStatement("SELECT id, json FROM event WHERE id > $after ORDER BY id LIMIT $max", "$after", "$max");
        delete = connection.CreateStatement("DELETE FROM event WHERE id = $id", "$id");
        SeenMessages = new SeenMessageTable(connection, window, time);
        DeadLetters = new DeadLetterTable(connection, options, SeenMessages, time);
    }

    /// <summary>The full path of the file.</summary>
    public string Path => raw.sqlite3_db_filename(connection.Handle, "main").utf8_to_string();

    public SeenMessageTable SeenMessages { get; }

    public DeadLetterTable DeadLetters { get; }

    /// <summary>Creates the connection string. Returns null if the options name no file.</summary>
    public static string? CreateConnectionString(SqliteOutboxOptions options)
    {
        try
        {
            bool isPath = !options.Database.Contains('=', StringComparison.Ordinal);
            SqliteConnectionStringBuilder builder = isPath ? new() { DataSource = options.Database } : new(options.Database);
            bool isInMemory =
                builder.Mode == SqliteOpenMode.Memory
                || builder.DataSource.Contains("memory:", StringComparison.OrdinalIgnoreCase)
                || builder.DataSource.Contains("mode=memory", StringComparison.OrdinalIgnoreCase);
            if (string.IsNullOrWhiteSpace(builder.DataSource) || isInMemory || builder.Password.Length > 0)
            {
                return null;
            }

            builder.Pooling = false;
            builder.DefaultTimeout = Math.Max(1, (int)Math.Ceiling(options.OwnerTimeout.TotalSeconds));
            return builder.ConnectionString;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Opens the file exclusively, checks it, and migrates its tables.</summary>
    /// <exception cref="SqliteException">SQLite failed; <see cref="OutboxErrors"/> translates the error.</exception>
    /// <exception cref="SqliteOutboxException">The file is not an outbox.</exception>
    public static OutboxDatabase Open(SqliteOutboxOptions options, DeduplicationWindow window, TimeProvider time)
    {
        var connection = new SqliteConnection(CreateConnectionString(options));
        try
        {
            OutboxFiles.CreatePrivate(new SqliteConnectionStringBuilder(connection.ConnectionString));
            connection.Open();

            // SQLite opens a read-only file without an error and fails at the first write.
            if (raw.sqlite3_db_readonly(connection.Handle, "main") == 1)
            {
                throw OutboxErrors.ReadOnly(connection.DataSource, null);
            }

            // The lock is held from the first read until the file is closed or the process dies.
            connection.Execute("PRAGMA locking_mode = EXCLUSIVE");
            CheckIntegrity(connection);
            OutboxSchema.CheckOwner(connection);
            connection.Execute("PRAGMA journal_mode = WAL");
            connection.Execute($"PRAGMA synchronous = {(options.Durability == OutboxDurability.PowerLoss ? "FULL" : "NORMAL")}");
            connection.Execute($"PRAGMA journal_size_limit = {WalBytesKept}");
            connection.Execute("PRAGMA secure_delete = ON");
            OutboxSchema.Migrate(connection);
            return new OutboxDatabase(connection, options, window, time);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The ids and bytes of all events in the file, in order.</summary>
    public List<(long Id, long Bytes)> ListEvents()
    {
        using SqliteCommand list = connection.CreateStatement("SELECT id, length(json) FROM event ORDER BY id");
        return list.ReadSizes();
    }

    public void Begin() => connection.Execute("BEGIN IMMEDIATE");

    public void Commit() => connection.Execute("COMMIT");

    public void Rollback()
    {
        try
        {
            connection.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back already after some errors.
        }
    }

    /// <summary>Empties the <c>-wal</c> file, which holds old pages. Must run outside a transaction. Returns the error, or null.</summary>
    public Exception? TruncateWal()
    {
        try
        {
            connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
            return null;
        }
        catch (SqliteException exception)
        {
            return OutboxErrors.From(exception, Path);
        }
    }

    /// <summary>Inserts an event and returns its id.</summary>
    public long Insert(byte[] json)
    {
        insert.Bind(json).ExecuteNonQuery();
        return raw.sqlite3_last_insert_rowid(connection.Handle);
    }

    /// <summary>Deletes an event. Returns false if it is not in the file.</summary>
    public bool Delete(long id) => delete.Bind(id).ExecuteNonQuery() > 0;

    /// <summary>Reads the next events, in order.</summary>
    /// <param name="after">The id of the last event read before.</param>
    /// <param name="maxCount">The maximum number of events.</param>
    /// <param name="maxBytes">The page ends with the event that reaches this number of bytes.</param>
    public List<OutboxRow> Read(long after, int maxCount, long maxBytes)
    {
        List<OutboxRow> rows = [];
        using SqliteDataReader reader = read.Bind(after, maxCount).ExecuteReader();
        while (maxBytes > 0 && reader.Read())
        {
            var row = new OutboxRow(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1));
            rows.Add(row);
            maxBytes -= row.Json.Length;
        }

        return rows;
    }

    public void Dispose()
    {
        DeadLetters.Dispose();
        SeenMessages.Dispose();
        insert.Dispose();
        read.Dispose();
        delete.Dispose();
        connection.Dispose();
    }

    private static void CheckIntegrity(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateStatement("PRAGMA quick_check(1)");
        if (command.ExecuteScalar() as string != "ok")
        {
            throw OutboxErrors.Corrupt(connection.DataSource, null);
        }
    }
}
