namespace CleverTap.Rudder;

/// <summary>Configures the file, the limits and the durability of an outbox.</summary>
/// <remarks>
/// The options bind from configuration and are validated when the host starts. The default of
/// <see cref="BackgroundDeliveryOptions.Capacity"/> is 1,000,000 events here.
/// </remarks>
/// <example>
/// <code>
/// builder
///     .Services.AddCleverTapDestination(builder.Configuration.GetSection("CleverTap"))
///     .AddSqliteOutbox(path, options => (options.MaxDeadLetters, options.WhenFull) = (10_000, QueueFullMode.DropNewest));
/// </code>
/// </example>
public sealed class SqliteOutboxOptions : BackgroundDeliveryOptions
{
    /// <summary>Creates options with the default values.</summary>
    public SqliteOutboxOptions() => Capacity = 1_000_000;

    /// <summary>Gets or sets the database file: a path, or a connection string of Microsoft.Data.Sqlite.</summary>
    /// <remarks>
    /// A value that contains a <c>=</c> is a connection string. The file is created if it does not exist; its folder must exist. A
    /// relative path is relative to the current directory of the process.
    /// </remarks>
    /// <value>Required; the default is empty, which is an error.</value>
    public string Database { get; set; } = "";

    /// <summary>Gets or sets the maximum total size of the JSON of events that are not settled, in bytes.</summary>
    /// <remarks>
    /// <see cref="BackgroundDeliveryOptions.WhenFull"/> decides what happens beyond. An empty outbox accepts a single larger event.
    /// </remarks>
    /// <value>Bytes, at least 1. The default is 1 GiB.</value>
    public long MaxBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>Gets or sets which failures an enqueued event survives.</summary>
    /// <value>The default is <see cref="OutboxDurability.PowerLoss"/>.</value>
    public OutboxDurability Durability { get; set; }

    /// <summary>Gets or sets how long to wait until another process closes the file, for example during a rolling update.</summary>
    /// <value>Not negative. The default is zero, which fails after about a second.</value>
    public TimeSpan OwnerTimeout { get; set; }

    /// <summary>Gets or sets the maximum number of dead letters.</summary>
    /// <remarks>The oldest dead letters are deleted when the limit is exceeded by 10 %, or earlier.</remarks>
    /// <value>Not negative. The default is 100,000.</value>
    public int MaxDeadLetters { get; set; } = 100_000;

    /// <summary>Gets or sets the maximum total size of all dead letters, in bytes, events and messages together.</summary>
    /// <remarks>The oldest dead letters are deleted when the limit is exceeded by 10 %, or earlier.</remarks>
    /// <value>Bytes, not negative. The default is 256 MiB.</value>
    public long MaxDeadLetterBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>Gets or sets how long a dead letter is kept. The age is checked hourly while events are settled.</summary>
    /// <value>Not negative. The default is 30 days.</value>
    public TimeSpan DeadLetterRetention { get; set; } = TimeSpan.FromDays(30);
}
