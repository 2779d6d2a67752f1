namespace CleverTap.Rudder;

/// <summary>
/// Accepts events that a background service delivers to CleverTap.
/// </summary>
/// <remarks>
/// Thread-safe. Registered by <c>.AddBackgroundDelivery(…)</c> (in memory), <c>.AddSqliteOutbox(…)</c> (on disk) or
/// <c>.AddKafkaConsumer(…)</c> (a topic).
/// </remarks>
/// <example>
/// <code>
/// int taken = await queue.EnqueueAsync(events, cancellationToken);
/// </code>
/// </example>
public interface ICleverTapQueue
{
    /// <summary>Adds an event to the queue.</summary>
    /// <param name="rudderEvent">The event.</param>
    /// <param name="cancellationToken">Stops waiting for capacity.</param>
    /// <returns>
    /// True if the queue has accepted the event. False if the queue is full and <see cref="BackgroundDeliveryOptions.WhenFull"/> drops
    /// events, or if the host is stopping (an outbox accepts events that fit until its file is closed). A rejected event is a dead
    /// letter: the handlers of the queue get it, or its dead-letter store.
    /// </returns>
    /// <exception cref="OperationCanceledException">The token was cancelled before the queue had capacity.</exception>
    ValueTask<bool> EnqueueAsync(RudderEvent rudderEvent, CancellationToken cancellationToken = default);

    /// <summary>Adds several events to the queue in their order, at about the cost of one.</summary>
    /// <param name="events">The events. They are enumerated once, before the first one is added.</param>
    /// <param name="cancellationToken">Stops waiting for capacity.</param>
    /// <returns>
    /// The number of events that the queue has accepted. The others were rejected for the same reasons as a single event, and are dead
    /// letters.
    /// </returns>
    /// <remarks>
    /// An outbox waits for the disk once for each 1000 events (or 16 MiB), a topic once for all events. If this method throws, some of the
    /// events may have been added. Add all of them again; if no event may count twice, give each a <see cref="RudderEvent.MessageId"/> and
    /// set <see cref="CleverTapOptions.DeduplicationWindow"/>.
    /// </remarks>
    /// <exception cref="ArgumentException">One of the events is null. No event was added.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the queue had capacity for all events.</exception>
    ValueTask<int> EnqueueAsync(IEnumerable<RudderEvent> events, CancellationToken cancellationToken = default);

    /// <summary>
    /// Waits until each event that was enqueued before this call has its final outcome.
    /// </summary>
    /// <remarks>
    /// The queue does not wait for more events while a flush is pending. The call starts a pending retry at once; further retries wait for
    /// their delay.
    /// </remarks>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>
    /// True if each event has its outcome. False if CleverTap refuses the credentials, the token was cancelled, the queue is not started,
    /// or the host stopped first; the queue keeps or reports the events as without a flush. The method does not throw.
    /// </returns>
    Task<bool> FlushAsync(CancellationToken cancellationToken = default);
}
