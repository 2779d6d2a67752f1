namespace CleverTap.Rudder;

/// <summary>
/// The dead letters of an outbox: events that were rejected, invalid or undelivered, or dropped because the outbox was full.
/// Thread-safe. Each call may throw a <see cref="SqliteOutboxException"/> if the file cannot be used.
/// </summary>
public interface ISqliteDeadLetters
{
    /// <summary>Counts them.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<long> CountAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists a page of them, the oldest first. The page ends early after 16 MiB; it is empty only if there are no more.</summary>
    /// <param name="after">The <see cref="SqliteDeadLetter.Id"/> after which the page begins. Default: at the first.</param>
    /// <param name="count">How many at most. Default 100.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="SqliteOutboxException">One of them is damaged: the message names its id.</exception>
    Task<IReadOnlyList<SqliteDeadLetter>> ListAsync(long after = 0, int count = 100, CancellationToken cancellationToken = default);

    /// <summary>
    /// Enqueues them again, after the events that wait, whether there is room or not; they are no dead letters then. They are
    /// delivered even if their message ids were seen before.
    /// </summary>
    /// <param name="ids">Which; null for all.</param>
    /// <param name="cancellationToken">Gives up waiting; work that has begun is done.</param>
    /// <returns>How many there were.</returns>
    Task<int> ReplayAsync(IReadOnlyCollection<long>? ids = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes them.</summary>
    /// <param name="ids">Which; null for all.</param>
    /// <param name="cancellationToken">Gives up waiting; work that has begun is done.</param>
    /// <returns>How many there were.</returns>
    Task<int> PurgeAsync(IReadOnlyCollection<long>? ids = null, CancellationToken cancellationToken = default);
}
