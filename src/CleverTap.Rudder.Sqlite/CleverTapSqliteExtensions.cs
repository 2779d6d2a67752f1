using CleverTap.Rudder;
using CleverTap.Rudder.Internal.Hosting;
using CleverTap.Rudder.Internal.Sqlite;
using CleverTap.Rudder.Internal.Sqlite.Outbox;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Gives a destination an outbox on disk.</summary>
public static class CleverTapSqliteExtensions
{
    /// <summary>
    /// Registers an <see cref="ICleverTapQueue"/> that keeps its events in a SQLite database until each has its final
    /// outcome, the hosted service that delivers them, and <see cref="IDeadLetters"/> for what is not delivered. The
    /// file has one owner at a time; the host does not start where it cannot be that owner.
    /// </summary>
    /// <param name="builder">The destination.</param>
    /// <param name="database">The path of the database file, or a connection string of Microsoft.Data.Sqlite.</param>
    /// <param name="configure">Sets further options; the defaults where left out.</param>
    /// <returns>The destination, to build further on.</returns>
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
    /// <param name="section">A section with the members of <see cref="SqliteOutboxOptions"/>, <c>Database</c> among them.</param>
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
