using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CleverTap.Rudder;

/// <summary>The database: opened by one owner, who alone uses it, one call at a time.</summary>
internal sealed class OutboxFile : IDisposable
{
    private const int WalBytesKept = 64 * 1024 * 1024;

    private readonly SqliteConnection connection;
    private readonly SqliteCommand insert;
    private readonly SqliteCommand read;
    private readonly SqliteCommand delete;

    private OutboxFile(SqliteConnection connection)
    {
        this.connection = connection;
        insert = connection.Statement("INSERT INTO event (json) VALUES ($json)", "$json");
        read = connection.Statement("SELECT id, json FROM event WHERE id > $after ORDER BY id LIMIT $most", "$after", "$most");
        delete = connection.Statement("DELETE FROM event WHERE id = $id", "$id");
        DeadLetters = new DeadLetterTable(connection);
    }

    public DeadLetterTable DeadLetters { get; }

    /// <summary>The connection string; null where the options name no file.</summary>
    public static string? ConnectionString(SqliteOutboxOptions options)
    {
        try
        {
            SqliteConnectionStringBuilder builder = options.Database.Contains('=', StringComparison.Ordinal) ? new(options.Database) : new() { DataSource = options.Database };
            bool isInMemory = builder.Mode == SqliteOpenMode.Memory || builder.DataSource.Contains("memory:", StringComparison.OrdinalIgnoreCase) || builder.DataSource.Contains("mode=memory", StringComparison.OrdinalIgnoreCase);
            if (string.IsNullOrWhiteSpace(builder.DataSource) || isInMemory || builder.Password.Length > 0) return null;
            builder.Pooling = false;
            builder.DefaultTimeout = Math.Max(1, (int)Math.Ceiling(options.OwnerTimeout.TotalSeconds));
            return builder.ConnectionString;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Opens the file, makes it this process's alone, looks whether it is whole, and brings its tables up to date.</summary>
    /// <exception cref="SqliteException">SQLite's own words; <see cref="OutboxErrors"/> has better ones.</exception>
    /// <exception cref="SqliteOutboxException">It is not an outbox.</exception>
    public static OutboxFile Open(SqliteOutboxOptions options)
    {
        var connection = new SqliteConnection(ConnectionString(options));
        try
        {
            connection.Open();

            // SQLite opens what it may only read as well as it can, and stumbles later.
            if (raw.sqlite3_db_readonly(connection.Handle, "main") == 1) throw OutboxErrors.ReadOnly(connection.DataSource, null);

            // Owned from the first read until it is closed or the process dies.
            connection.Execute("PRAGMA locking_mode = EXCLUSIVE");
            CheckWhole(connection);
            OutboxSchema.CheckOwn(connection);
            connection.Execute("PRAGMA journal_mode = WAL");
            connection.Execute($"PRAGMA synchronous = {(options.Durability == OutboxDurability.PowerLoss ? "FULL" : "NORMAL")}");
            connection.Execute($"PRAGMA journal_size_limit = {WalBytesKept}");
            OutboxSchema.Migrate(connection);
            return new OutboxFile(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>How much waits.</summary>
    public (long Events, long Bytes) Waiting() =>
        (connection.Scalar("SELECT count(*) FROM event"), connection.Scalar("SELECT coalesce(sum(length(json)), 0) FROM event"));

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
            // Some errors have rolled back already.
        }
    }

    public void Insert(byte[] json) => insert.With(json).ExecuteNonQuery();

    public void Delete(long id) => delete.With(id).ExecuteNonQuery();

    /// <summary>The next events in order: so many at the most, and not much more than so many bytes.</summary>
    public List<OutboxRow> Read(long after, int most, long mostBytes)
    {
        List<OutboxRow> rows = [];
        using SqliteDataReader reader = read.With(after, most).ExecuteReader();
        while (mostBytes > 0 && reader.Read())
        {
            var row = new OutboxRow(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1));
            rows.Add(row);
            mostBytes -= row.Json.Length;
        }

        return rows;
    }

    public void Dispose()
    {
        DeadLetters.Dispose();
        insert.Dispose();
        read.Dispose();
        delete.Dispose();
        connection.Dispose();
    }

    private static void CheckWhole(SqliteConnection connection)
    {
        using SqliteCommand command = connection.Statement("PRAGMA quick_check(1)");
        if (command.ExecuteScalar() as string != "ok") throw OutboxErrors.Corrupt(connection.DataSource, null);
    }
}
