using Microsoft.Data.Sqlite;

namespace CleverTap.Rudder.Internal.Sqlite.Outbox;

/// <summary>The message ids that were enqueued lately, as many and as long as the option says. Empty if the option is off.</summary>
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

    private readonly SqliteCommand find = connection.CreateStatement(
        "SELECT count(*) FROM seen_message WHERE message_id = $messageId",
        "$messageId"
    );

    private readonly SqliteCommand forget = connection.CreateStatement("DELETE FROM seen_message WHERE message_id = $messageId", "$messageId");

    private readonly SqliteCommand prune = connection.CreateStatement(
        "DELETE FROM seen_message WHERE at <= $before OR position <= (SELECT max(position) FROM seen_message) - $max",
        "$before",
        "$max"
    );

    /// <summary>Remembers an event that is enqueued. False if it was seen before. An event without an id is never a duplicate.</summary>
    public bool TryAdd(string? messageId)
    {
        if (!IsRemembered(messageId))
        {
            return true;
        }

        Prune();
        return add.Bind(messageId, Now()).ExecuteNonQuery() > 0;
    }

    public bool Contains(string? messageId)
    {
        if (!IsRemembered(messageId))
        {
            return false;
        }

        Prune();
        return (long)find.Bind(messageId).ExecuteScalar()! > 0;
    }

    /// <summary>An event that CleverTap does not have may come again.</summary>
    public void Remove(string? messageId)
    {
        if (IsRemembered(messageId))
        {
            forget.Bind(messageId).ExecuteNonQuery();
        }
    }

    /// <summary>Remembers the dead letters of a range of ids, which are enqueued again.</summary>
    public void AddDeadLetters(long first, long last)
    {
        if (window.IsOn)
        {
            addDeadLetters.Bind(Now(), first, last).ExecuteNonQuery();
        }
    }

    public void Dispose()
    {
        foreach (SqliteCommand statement in new[] { add, addDeadLetters, find, forget, prune })
        {
            statement.Dispose();
        }
    }

    private bool IsRemembered(string? messageId) => window.IsOn && !string.IsNullOrEmpty(messageId);

    private void Prune() => prune.Bind(Now() - window.Time.Ticks / TimeSpan.TicksPerMillisecond, window.Count).ExecuteNonQuery();

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
