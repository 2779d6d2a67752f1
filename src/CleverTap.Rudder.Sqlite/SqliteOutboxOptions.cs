namespace CleverTap.Rudder;

/// <summary>
/// Where an outbox is and how it works. Binds from configuration; validated when the host starts. <c>Capacity</c> is
/// 1,000,000 events here, unless set.
/// </summary>
public sealed class SqliteOutboxOptions : BackgroundDeliveryOptions
{
    /// <summary>The usual options, with room for more than a queue in memory has.</summary>
    public SqliteOutboxOptions() => Capacity = 1_000_000;

    /// <summary>
    /// The database file: its path, or a connection string of Microsoft.Data.Sqlite (it holds a <c>=</c>). The file is made
    /// where there is none; its folder has to be there. A relative path starts at the process's current directory. Required.
    /// </summary>
    public string Database { get; set; } = "";

    /// <summary>
    /// How many bytes of events, as JSON, the outbox may hold until they are settled; <c>WhenFull</c> says what happens beyond. A
    /// single larger event may wait alone. Default 1 GiB.
    /// </summary>
    public long MaxBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>What an enqueued event survives. Default <see cref="OutboxDurability.PowerLoss"/>.</summary>
    public OutboxDurability Durability { get; set; }

    /// <summary>
    /// How long to wait for another process to let go of the file, as when one version of a host takes over from another.
    /// Default zero: an error after about a second.
    /// </summary>
    public TimeSpan OwnerTimeout { get; set; }

    /// <summary>How many dead letters are kept; the oldest are deleted once there is a tenth more, or sooner. Default 100,000.</summary>
    public int MaxDeadLetters { get; set; } = 100_000;

    /// <summary>
    /// How many bytes of dead letters are kept, events and messages together; the oldest are deleted once there is a tenth
    /// more, or sooner. Default 256 MiB.
    /// </summary>
    public long MaxDeadLetterBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>How long dead letters are kept; it is checked hourly while events are settled. Default 30 days.</summary>
    public TimeSpan DeadLetterRetention { get; set; } = TimeSpan.FromDays(30);
}
