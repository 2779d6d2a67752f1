using System.Text;
using Microsoft.Data.Sqlite;

namespace CleverTap.Rudder;

/// <summary>The table of events that were not delivered.</summary>
internal sealed class DeadLetterTable(SqliteConnection connection) : IDisposable
{
    private readonly SqliteCommand insert = connection.Statement(
        "INSERT INTO dead_letter (at, json, message_id, kind, code, reason, message) VALUES ($at, $json, $messageId, $kind, $code, $reason, $message)",
        "$at", "$json", "$messageId", "$kind", "$code", "$reason", "$message");

    private readonly SqliteCommand list = connection.Statement(
        "SELECT id, at, json, message_id, kind, code, reason, message FROM dead_letter WHERE id > $after ORDER BY id LIMIT $most", "$after", "$most");

    // From one id to another: one of them, or all.
    private readonly SqliteCommand size = connection.Statement("SELECT count(*), coalesce(sum(length(json)), 0) FROM dead_letter WHERE id BETWEEN $first AND $last", "$first", "$last");
    private readonly SqliteCommand replay = connection.Statement("INSERT INTO event (json) SELECT json FROM dead_letter WHERE id BETWEEN $first AND $last ORDER BY id", "$first", "$last");
    private readonly SqliteCommand purge = connection.Statement("DELETE FROM dead_letter WHERE id BETWEEN $first AND $last", "$first", "$last");

    private readonly SqliteCommand prune = connection.Statement(
        "DELETE FROM dead_letter WHERE at < $before OR id <= (SELECT id FROM dead_letter ORDER BY id DESC LIMIT 1 OFFSET $most)", "$before", "$most");

    public long Count() => connection.Scalar("SELECT count(*) FROM dead_letter");

    public int Insert(byte[] json, EventOutcome outcome, DateTimeOffset at) => insert.With(
        at.ToUnixTimeMilliseconds(),
        json,
        outcome.MessageId,
        outcome.Kind.ToString(),
        outcome.Code,
        outcome.Error?.Code.ToString() ?? outcome.UndeliveredReason?.ToString(),
        outcome.Message).ExecuteNonQuery();

    public List<SqliteDeadLetter> List(long after, int most)
    {
        List<SqliteDeadLetter> letters = [];
        using SqliteDataReader row = list.With(after, most).ExecuteReader();
        while (row.Read())
        {
            letters.Add(new SqliteDeadLetter
            {
                Id = row.GetInt64(0),
                At = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
                Json = Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(2)),
                MessageId = row.IsDBNull(3) ? null : row.GetString(3),
                Kind = Enum.Parse<OutcomeKind>(row.GetString(4)),
                Code = row.IsDBNull(5) ? null : row.GetInt32(5),
                Reason = row.IsDBNull(6) ? null : row.GetString(6),
                Message = row.IsDBNull(7) ? null : row.GetString(7),
            });
        }

        return letters;
    }

    /// <summary>Moves one, or all, back among the waiting. Tells how many that were.</summary>
    public (int Events, long Bytes) Replay(long? id)
    {
        (int Events, long Bytes) moved;
        using (SqliteDataReader row = size.With(id ?? 0, id ?? long.MaxValue).ExecuteReader())
        {
            row.Read();
            moved = (row.GetInt32(0), row.GetInt64(1));
        }

        replay.With(id ?? 0, id ?? long.MaxValue).ExecuteNonQuery();
        Purge(id);
        return moved;
    }

    /// <summary>Deletes one, or all. Tells how many that were.</summary>
    public int Purge(long? id) => purge.With(id ?? 0, id ?? long.MaxValue).ExecuteNonQuery();

    /// <summary>Deletes the ones that are too old or too many. Tells how many that were.</summary>
    public int Prune(DateTimeOffset before, int most) => prune.With(before.ToUnixTimeMilliseconds(), most).ExecuteNonQuery();

    public void Dispose()
    {
        foreach (SqliteCommand statement in new[] { insert, list, size, replay, purge, prune }) statement.Dispose();
    }
}
