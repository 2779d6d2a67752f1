using Microsoft.Data.Sqlite;

namespace CleverTap.Rudder.Internal.Sqlite.Storage;

/// <summary>The message ids of recently enqueued events, within the deduplication window. Empty if deduplication is off.</summary>
internal sealed class SeenMessageTable(SqliteConnection connection, DeduplicationWindow window, TimeProvider time) : IDisposable
{
    private readonly SqliteCommand add = connection.CreateStatement(
        "INSERT OR IGNORE INTO seen_message (message_id, at) VALUES ($messageId, $at)",
        "$messageId",
        "$at"
    );

    private readonly SqliteCommand addDeadLetters = connection.CreateStatement(
        """
        INSERT OR IGNORE INTO seen_message (message_id, at)
        SELECT message_id, $at FROM dead_letter WHERE id BETWEEN $first AND $last AND message_id <> '' ORDER BY id
        """,
        "$at",
        "$first",
        "$last"
    );

    private readonly SqliteCommand count = connection.CreateStatement(
        "SELECT count(*) FROM seen_message WHERE message_id = $messageId",
        "$messageId"
    );

    private readonly SqliteCommand remove = connection.CreateStatement(
        "DELETE FROM seen_message WHERE message_id = $messageId",
        "$messageId"
    );

    private readonly SqliteCommand prune = connection.CreateStatement(
        "DELETE FROM seen_message WHERE at <= $before OR position <= (SELECT max(position) FROM seen_message) - $max",
        "$before",
        "$max"
    );

    /// <summary>
    /// Adds the message id of an enqueued event. Returns false for a duplicate. An event without an id is never a duplicate.
    /// </summary>
    public bool TryAdd(string? messageId)
    {
        if (!IsTracked(messageId))
        {
            return true;
        }

        Prune();
        return add.Bind(messageId, Now()).ExecuteNonQuery() > 0;
    }

    public bool Contains(string? messageId)
    {
        if (!IsTracked(messageId))
        {
            return false;
        }

        Prune();
        return (long)count.Bind(messageId).ExecuteScalar()! > 0;
    }

    /// <summary>Removes the message id of an event that CleverTap does not have, so that it can be enqueued again.</summary>
    public void Remove(string? messageId)
    {
        if (IsTracked(messageId))
        {
            remove.Bind(messageId).ExecuteNonQuery();
        }
    }

    /// <summary>Adds the message ids of dead letters that are replayed, by a range of their ids.</summary>
    public void AddDeadLetters(long first, long last)
    {
        if (window.IsOn)
        {
            addDeadLetters.Bind(Now(), first, last).ExecuteNonQuery();
        }
    }

    public void Dispose()
    {
        foreach (SqliteCommand statement in new[] { add, addDeadLetters, count, remove, prune })
        {
            statement.Dispose();
        }
    }

    private bool IsTracked(string? messageId) => window.IsOn && !string.IsNullOrEmpty(messageId);

    private void Prune() => prune.Bind(Now() - window.Time.Ticks / TimeSpan.TicksPerMillisecond, window.Count).ExecuteNonQuery();

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
