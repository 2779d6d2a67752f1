namespace CleverTap.Rudder;

/// <summary>
/// Reads, edits, replays and deletes the dead letters of an outbox or of a Kafka topic: events that were rejected, invalid or undelivered.
/// </summary>
/// <remarks>
/// Thread-safe. The service is registered with the queue; for a named destination it is the keyed service of that name. Each call may throw
/// the exception of the queue's package (<c>SqliteOutboxException</c>, <c>CleverTapKafkaException</c>) if the file or the brokers cannot be
/// used. Ids without a dead letter are ignored.
/// </remarks>
/// <example>
/// <code>
/// foreach (DeadLetter letter in await deadLetters.ListAsync())
/// {
///     if (RudderEvent.TryRead(letter.Json, out RudderEvent? read, out _) &amp;&amp; read is TrackEvent { Event: null } track)
///     {
///         string? id = await deadLetters.EditAsync(letter.Id, track with { Event = "Checked Out" });
///         await deadLetters.ReplayAsync([id!]);
///     }
/// }
/// </code>
/// </example>
public interface IDeadLetters
{
    /// <summary>Counts the dead letters.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<long> CountAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists a page of dead letters, the oldest of each partition first. A page ends early after 16 MiB.</summary>
    /// <param name="after">The <see cref="DeadLetter.Id"/> after which the page begins. Default: null, the first page.</param>
    /// <param name="count">The maximum number of dead letters in the page. Default: 100.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The page; empty only if there are no more dead letters.</returns>
    /// <exception cref="FormatException"><paramref name="after"/> is not an id of this kind of dead letters.</exception>
    Task<IReadOnlyList<DeadLetter>> ListAsync(string? after = null, int count = 100, CancellationToken cancellationToken = default);

    /// <summary>Replaces the event of a dead letter. The event stays a dead letter with the same reason until it is replayed.</summary>
    /// <param name="id">The id of the dead letter.</param>
    /// <param name="edited">The new event.</param>
    /// <param name="cancellationToken">Stops waiting; work that has begun is completed.</param>
    /// <returns>The new id of the dead letter (only a topic changes it); null if there is no dead letter with this id.</returns>
    /// <exception cref="FormatException"><paramref name="id"/> is not an id of this kind of dead letters.</exception>
    /// <exception cref="ArgumentException">
    /// The event was built in code and is nested deeper than <see cref="RudderEvent.MaxDepth"/>.
    /// </exception>
    Task<string?> EditAsync(string id, RudderEvent edited, CancellationToken cancellationToken = default);

    /// <summary>Enqueues dead letters again, after the events that wait. They are no longer dead letters then.</summary>
    /// <remarks>The capacity of the queue does not apply. The events are delivered even if their message ids were seen before.</remarks>
    /// <param name="ids">The ids of the dead letters; null for all.</param>
    /// <param name="cancellationToken">Stops waiting; work that has begun is completed.</param>
    /// <returns>The number of enqueued events.</returns>
    /// <exception cref="FormatException">One of the <paramref name="ids"/> is not an id of this kind of dead letters.</exception>
    Task<int> ReplayAsync(IReadOnlyCollection<string>? ids = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes dead letters.</summary>
    /// <param name="ids">The ids of the dead letters; null for all.</param>
    /// <param name="cancellationToken">Stops waiting; work that has begun is completed.</param>
    /// <returns>The number of deleted dead letters.</returns>
    /// <exception cref="FormatException">One of the <paramref name="ids"/> is not an id of this kind of dead letters.</exception>
    Task<int> PurgeAsync(IReadOnlyCollection<string>? ids = null, CancellationToken cancellationToken = default);
}
