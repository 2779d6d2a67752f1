using CleverTap.Rudder;
using CleverTap.Rudder.Internal.Hosting;
using CleverTap.Rudder.Internal.Sqlite;
using CleverTap.Rudder.Internal.Sqlite.Outbox;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds an outbox in a SQLite file to a destination.</summary>
public static class CleverTapSqliteExtensions
{
    /// <summary>Adds an <see cref="ICleverTapQueue"/> that stores its events in a SQLite file until they are delivered.</summary>
    /// <remarks>
    /// It also registers the hosted service that delivers the events, and <see cref="IDeadLetters"/> for events that are not delivered.
    /// One process opens the file at a time; the host does not start if another process has it open.
    /// </remarks>
    /// <param name="builder">The destination.</param>
    /// <param name="database">The path of the database file, or a connection string of Microsoft.Data.Sqlite.</param>
    /// <param name="configure">Sets further options.</param>
    /// <returns>The destination, for further configuration.</returns>
    public static ICleverTapDestinationBuilder AddSqliteOutbox(
        this ICleverTapDestinationBuilder builder,
        string database,
        Action<SqliteOutboxOptions>? configure = null
    )
    {
        ArgumentNullException.ThrowIfNull(database);
        return Add(
            builder,
            OptionsSource<SqliteOutboxOptions>.FromCode(options =>
            {
                options.Database = database;
                configure?.Invoke(options);
            })
        );
    }

    /// <inheritdoc cref="AddSqliteOutbox(ICleverTapDestinationBuilder, string, Action{SqliteOutboxOptions}?)"/>
    /// <param name="builder">The destination.</param>
    /// <param name="section">A section with the members of <see cref="SqliteOutboxOptions"/>, including <c>Database</c>.</param>
    public static ICleverTapDestinationBuilder AddSqliteOutbox(this ICleverTapDestinationBuilder builder, IConfiguration section) =>
        Add(builder, OptionsSource<SqliteOutboxOptions>.FromSection(section, SqliteOutboxOptionsReader.Read));

    private static ICleverTapDestinationBuilder Add(ICleverTapDestinationBuilder builder, OptionsSource<SqliteOutboxOptions> source)
    {
        BackgroundQueues.Add<SqliteOutbox, SqliteOutboxOptions, SqliteOutboxOptionsValidator>(
            builder,
            nameof(AddSqliteOutbox),
            source,
            dependencies => new SqliteOutbox(dependencies)
        );
        BackgroundQueues.AddDeadLetters<SqliteOutbox>(builder, outbox => outbox.DeadLetters);
        return builder;
    }
}
