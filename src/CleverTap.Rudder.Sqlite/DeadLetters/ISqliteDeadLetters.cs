namespace CleverTap.Rudder;

/// <summary>
/// The events of an outbox that were not delivered and will not be: refused, invalid, undeliverable, or dropped because the
/// outbox was full. Thread-safe. Each call may throw a <see cref="SqliteOutboxException"/> where the file cannot be used.
/// </summary>
public interface ISqliteDeadLetters
{
    /// <summary>How many there are.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<long> CountAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists them, the oldest first.</summary>
    /// <param name="after">The <see cref="SqliteDeadLetter.Id"/> behind which to begin, to go through them page by page. Default: at the first.</param>
    /// <param name="count">How many at the most. Default 100.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<IReadOnlyList<SqliteDeadLetter>> ListAsync(long after = 0, int count = 100, CancellationToken cancellationToken = default);

    /// <summary>Puts them back into the outbox, behind what waits there, whether there is room or not; they are no dead letters then.</summary>
    /// <param name="ids">Which; null for all.</param>
    /// <param name="cancellationToken">Gives up waiting; what was begun is done.</param>
    /// <returns>How many there were.</returns>
    Task<int> ReplayAsync(IReadOnlyCollection<long>? ids = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes them.</summary>
    /// <param name="ids">Which; null for all.</param>
    /// <param name="cancellationToken">Gives up waiting; what was begun is done.</param>
    /// <returns>How many there were.</returns>
    Task<int> PurgeAsync(IReadOnlyCollection<long>? ids = null, CancellationToken cancellationToken = default);
}
