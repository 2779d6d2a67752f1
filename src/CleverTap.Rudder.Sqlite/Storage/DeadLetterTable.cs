using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace CleverTap.Rudder.Internal.Sqlite.Storage;

/// <summary>The table of events that were not delivered. Count, bytes and age limit it.</summary>
internal sealed class DeadLetterTable(
    SqliteConnection connection,
    SqliteOutboxOptions options,
    SeenMessageTable seenMessages,
    TimeProvider time
) : IDisposable
{
    /// <summary>A page ends with the dead letter that reaches this number of bytes.</summary>
    private const long MaxPageBytes = 16 * 1024 * 1024;

    private const int MaxPageRows = 1000;

    private static readonly TimeSpan PruneInterval = TimeSpan.FromHours(1);

    private readonly SqliteCommand insert = connection.CreateStatement(
        """
        INSERT INTO dead_letter (at, json, message_id, kind, code, reason, message)
        VALUES ($at, $json, $messageId, $kind, $code, $reason, $message)
        """,
        "$at",
        "$json",
        "$messageId",
        "$kind",
        "$code",
        "$reason",
        "$message"
    );

    private readonly SqliteCommand list = connection.CreateStatement(
        "SELECT id, at, json, message_id, kind, code, reason, message FROM dead_letter WHERE id > $after ORDER BY id LIMIT $max",
        "$after",
        "$max"
    );

    private readonly SqliteCommand edit = connection.CreateStatement(
        "UPDATE dead_letter SET json = $json, message_id = $messageId WHERE id = $id",
        "$json",
        "$messageId",
        "$id"
    );

    private readonly SqliteCommand replay = connection.CreateStatement(
        "INSERT INTO event (json) SELECT json FROM dead_letter WHERE id BETWEEN $first AND $last ORDER BY id RETURNING id, length(json)",
        "$first",
        "$last"
    );

    private readonly SqliteCommand purge = connection.CreateStatement(
        "DELETE FROM dead_letter WHERE id BETWEEN $first AND $last",
        "$first",
        "$last"
    );

    private readonly SqliteCommand prune = connection.CreateStatement(
        """
        DELETE FROM dead_letter WHERE at < $before
            OR id <= (SELECT id FROM dead_letter ORDER BY id DESC LIMIT 1 OFFSET $max)
            OR id <= (SELECT max(id) FROM (
                SELECT id, sum(length(json) + coalesce(length(CAST(message AS BLOB)), 0)) OVER (ORDER BY id DESC) AS bytes FROM dead_letter)
                WHERE bytes > $maxBytes)
        """,
        "$before",
        "$max",
        "$maxBytes"
    );

    private DateTimeOffset lastPrune;
    private long lettersSincePrune;
    private long bytesSincePrune;

    public long Count() => connection.ReadScalar("SELECT count(*) FROM dead_letter");

    /// <summary>Saves an event that was not delivered.</summary>
    public void Insert(byte[] json, EventOutcome outcome)
    {
        insert
            .Bind(
                time.GetUtcNow().ToUnixTimeMilliseconds(),
                json,
                outcome.MessageId,
                outcome.Kind.ToString(),
                outcome.Code,
                outcome.Error?.Code.ToString() ?? outcome.UndeliveredReason?.ToString(),
                outcome.Message
            )
            .ExecuteNonQuery();
        lettersSincePrune++;
        bytesSincePrune += json.Length + Encoding.UTF8.GetByteCount(outcome.Message ?? "");
    }

    /// <exception cref="SqliteOutboxException">A dead letter is damaged; the message names its id.</exception>
    public List<DeadLetter> List(long after, int maxCount)
    {
        List<DeadLetter> letters = [];
        long bytes = 0;
        using SqliteDataReader row = list.Bind(after, maxCount).ExecuteReader();
        while (bytes < MaxPageBytes && row.Read())
        {
            byte[] json = row.GetFieldValue<byte[]>(2);
            string? message = row.IsDBNull(7) ? null : row.GetString(7);
            letters.Add(Read(row, json, message));
            bytes += json.Length + (message?.Length ?? 0);
        }

        return letters;
    }

    /// <summary>Reads the events of the next page, in order, including damaged dead letters.</summary>
    public List<OutboxRow> Read(long after)
    {
        List<OutboxRow> rows = [];
        long bytes = 0;
        using SqliteDataReader row = list.Bind(after, MaxPageRows).ExecuteReader();
        while (bytes < MaxPageBytes && row.Read())
        {
            rows.Add(new OutboxRow(row.GetInt64(0), row.GetFieldValue<byte[]>(2)));
            bytes += rows[^1].Json.Length;
        }

        return rows;
    }

    /// <summary>Replaces an event. Returns false if no dead letter has this id.</summary>
    public bool Edit(long id, byte[] json, string? messageId)
    {
        bytesSincePrune += json.Length;
        return edit.Bind(json, messageId, id).ExecuteNonQuery() > 0;
    }

    /// <summary>Moves one dead letter, or all if the id is null, back to the events. Returns the ids and bytes of the new events.</summary>
    public List<(long Id, long Bytes)> Replay(long? id)
    {
        List<(long Id, long Bytes)> events = replay.Bind(id ?? 0, id ?? long.MaxValue).ReadSizes();
        seenMessages.AddDeadLetters(id ?? 0, id ?? long.MaxValue);
        Purge(id);
        return events;
    }

    /// <summary>Deletes one dead letter, or all if the id is null. Returns the number of deleted dead letters.</summary>
    public int Purge(long? id) => purge.Bind(id ?? 0, id ?? long.MaxValue).ExecuteNonQuery();

    /// <summary>
    /// Deletes dead letters beyond the limits, at most hourly or after many insertions. Returns the number of deleted dead letters.
    /// </summary>
    public int PruneIfDue()
    {
        DateTimeOffset now = time.GetUtcNow();
        bool isDue =
            lettersSincePrune > options.MaxDeadLetters / 10
            || bytesSincePrune > options.MaxDeadLetterBytes / 10
            || now - lastPrune > PruneInterval;
        if (!isDue)
        {
            return 0;
        }

        DateTimeOffset before = now - TimeSpan.FromTicks(Math.Min(options.DeadLetterRetention.Ticks, now.Ticks));
        int count = prune.Bind(before.ToUnixTimeMilliseconds(), options.MaxDeadLetters, options.MaxDeadLetterBytes).ExecuteNonQuery();
        (lastPrune, lettersSincePrune, bytesSincePrune) = (now, 0, 0);
        return count;
    }

    public void Dispose()
    {
        foreach (SqliteCommand statement in new[] { insert, list, edit, replay, purge, prune })
        {
            statement.Dispose();
        }
    }

    private DeadLetter Read(SqliteDataReader row, byte[] json, string? message)
    {
        long id = row.GetInt64(0);
        long at = row.GetInt64(1);
        bool isDate = at >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && at <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
        if (!isDate || !Enum.TryParse(row.GetString(4), out OutcomeKind kind))
        {
            throw OutboxErrors.DamagedDeadLetter(connection.DataSource, id);
        }

        return new DeadLetter
        {
            Id = id.ToString(CultureInfo.InvariantCulture),
            At = DateTimeOffset.FromUnixTimeMilliseconds(at),
            Json = Encoding.UTF8.GetString(json),
            MessageId = row.IsDBNull(3) ? null : row.GetString(3),
            Kind = kind,
            Code = row.IsDBNull(5) ? null : row.GetInt32(5),
            Reason = row.IsDBNull(6) ? null : row.GetString(6),
            Message = message,
        };
    }
}
