namespace CleverTap.Rudder;

/// <summary>
/// The dead letters of an outbox or of a Kafka topic: events that were rejected, invalid or undelivered. Thread-safe. Registered with the
/// queue, for a destination with a name as the keyed service of that name.
/// </summary>
/// <remarks>
/// Each call may throw the exception of the queue's package (<c>SqliteOutboxException</c>, <c>CleverTapKafkaException</c>) if the file
/// or the brokers cannot be used. An id that is of no dead letter (any more) is passed over.
/// </remarks>
/// <example>
/// <code>
/// foreach (DeadLetter letter in await deadLetters.ListAsync())
/// {
///     if (RudderEvent.TryRead(letter.Json, out RudderEvent? rudderEvent, out _) &amp;&amp; rudderEvent is TrackEvent { Event: null } track)
///     {
///         string? id = await deadLetters.EditAsync(letter.Id, track with { Event = "Checked Out" });
///         await deadLetters.ReplayAsync([id!]);
///     }
/// }
/// </code>
/// </example>
public interface IDeadLetters
{
    /// <summary>Counts them.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<long> CountAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists a page of them, the oldest of each partition first. The page ends early after 16 MiB.</summary>
    /// <param name="after">The <see cref="DeadLetter.Id"/> after which the page begins. Default null: at the first.</param>
    /// <param name="count">How many at most. Default 100.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The page; empty only if there are no more.</returns>
    /// <exception cref="FormatException"><paramref name="after"/> is not an id of this kind of dead letters.</exception>
    Task<IReadOnlyList<DeadLetter>> ListAsync(string? after = null, int count = 100, CancellationToken cancellationToken = default);

    /// <summary>Replaces the event of a dead letter. It stays a dead letter, with the reason that it has, until it is replayed.</summary>
    /// <param name="id">Which.</param>
    /// <param name="edited">The event to put in its place.</param>
    /// <param name="cancellationToken">Gives up waiting; work that has begun is done.</param>
    /// <returns>The id that the dead letter has now (a topic gives it a new one); null if there is none with this id.</returns>
    /// <exception cref="FormatException"><paramref name="id"/> is not an id of this kind of dead letters.</exception>
    /// <exception cref="ArgumentException">The event was built in code and is nested deeper than <see cref="RudderEvent.MaxDepth"/>.</exception>
    Task<string?> EditAsync(string id, RudderEvent edited, CancellationToken cancellationToken = default);

    /// <summary>
    /// Enqueues them again, after the events that wait, whether there is room or not; they are no dead letters then. They are
    /// delivered even if their message ids were seen before.
    /// </summary>
    /// <param name="ids">Which; null for all.</param>
    /// <param name="cancellationToken">Gives up waiting; work that has begun is done.</param>
    /// <returns>How many were enqueued.</returns>
    /// <exception cref="FormatException">One of the <paramref name="ids"/> is not an id of this kind of dead letters.</exception>
    Task<int> ReplayAsync(IReadOnlyCollection<string>? ids = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes them.</summary>
    /// <param name="ids">Which; null for all.</param>
    /// <param name="cancellationToken">Gives up waiting; work that has begun is done.</param>
    /// <returns>How many there were.</returns>
    /// <exception cref="FormatException">One of the <paramref name="ids"/> is not an id of this kind of dead letters.</exception>
    Task<int> PurgeAsync(IReadOnlyCollection<string>? ids = null, CancellationToken cancellationToken = default);
}
