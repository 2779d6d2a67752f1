using CleverTap.Rudder;
using CleverTap.Rudder.Internal.Hosting;
using CleverTap.Rudder.Internal.Options;
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
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(database);
        return Add(
            builder,
            options =>
            {
                options.Database = database;
                configure?.Invoke(options);
            }
        );
    }

    /// <inheritdoc cref="AddSqliteOutbox(ICleverTapDestinationBuilder, string, Action{SqliteOutboxOptions}?)"/>
    /// <param name="builder">The destination.</param>
    /// <param name="section">A section with the members of <see cref="SqliteOutboxOptions"/>, including <c>Database</c>.</param>
    public static ICleverTapDestinationBuilder AddSqliteOutbox(this ICleverTapDestinationBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        return Add(builder, options => Read(options, section));
    }

    private static ICleverTapDestinationBuilder Add(ICleverTapDestinationBuilder builder, Action<SqliteOutboxOptions> configure)
    {
        BackgroundQueues.Add<SqliteOutbox, SqliteOutboxOptions, SqliteOutboxOptionsValidator>(
            builder,
            nameof(AddSqliteOutbox),
            configure,
            parts => new SqliteOutbox(parts)
        );
        BackgroundQueues.AddDeadLetters<SqliteOutbox>(builder, outbox => outbox.DeadLetters);
        return builder;
    }

    private static void Read(SqliteOutboxOptions options, IConfiguration section)
    {
        var read = OptionsReader.From(section, options.ConfigurationErrors);
        OptionsConfiguration.Read(options, read);
        options.Database = read.Text(nameof(options.Database), options.Database);
        options.MaxBytes = read.Number(nameof(options.MaxBytes), options.MaxBytes);
        options.Durability = read.Choice(nameof(options.Durability), options.Durability);
        options.OwnerTimeout = read.Time(nameof(options.OwnerTimeout), options.OwnerTimeout);
        options.MaxDeadLetters = read.Number(nameof(options.MaxDeadLetters), options.MaxDeadLetters);
        options.MaxDeadLetterBytes = read.Number(nameof(options.MaxDeadLetterBytes), options.MaxDeadLetterBytes);
        options.DeadLetterRetention = read.Time(nameof(options.DeadLetterRetention), options.DeadLetterRetention);
        read.RejectOthers();
    }
}
