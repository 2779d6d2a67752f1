using Microsoft.Data.Sqlite;

namespace CleverTap.Rudder.Internal.Sqlite.Storage;

/// <summary>Short forms of SQLite calls.</summary>
internal static class SqliteCommands
{
    public static void Execute(this SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static long ReadScalar(this SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Creates a statement that runs many times.</summary>
    public static SqliteCommand CreateStatement(this SqliteConnection connection, string sql, params string[] parameters)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (string parameter in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = parameter });
        }

        return command;
    }

    /// <summary>Sets the values of the parameters, in the order of their names.</summary>
    public static SqliteCommand Bind(this SqliteCommand statement, params ReadOnlySpan<object?> values)
    {
        for (int index = 0; index < values.Length; index++)
        {
            statement.Parameters[index].Value = values[index] ?? DBNull.Value;
        }

        return statement;
    }

    /// <summary>Reads rows of an id and a number of bytes, and sorts them by id.</summary>
    public static List<(long Id, long Bytes)> ReadSizes(this SqliteCommand statement)
    {
        List<(long Id, long Bytes)> rows = [];
        using SqliteDataReader row = statement.ExecuteReader();
        while (row.Read())
        {
            rows.Add((row.GetInt64(0), row.GetInt64(1)));
        }

        rows.Sort();
        return rows;
    }
}
