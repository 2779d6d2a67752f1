namespace CleverTap.Rudder;

/// <summary>
/// Events that a background service delivers. Thread-safe. Registered by <c>.AddBackgroundDelivery(…)</c> (in memory), or by the packages
/// with an outbox on disk and a topic.
/// </summary>
public interface ICleverTapQueue
{
    /// <summary>Hands an event over for delivery.</summary>
    /// <param name="rudderEvent">The event.</param>
    /// <param name="cancellationToken">Gives up waiting for room.</param>
    /// <returns>
    /// True where the queue has taken the event. False where it has not: it was full (and drops what does not fit), or the
    /// host is stopping and the queue keeps nothing beyond that. The event is then a dead letter: for the handlers, or in the
    /// table, of the queue's kind.
    /// </returns>
    /// <exception cref="OperationCanceledException">The token was cancelled before there was room.</exception>
    ValueTask<bool> EnqueueAsync(RudderEvent rudderEvent, CancellationToken cancellationToken = default);

    /// <summary>Hands several events over for delivery, in their order, for about the price of one.</summary>
    /// <param name="events">The events. They are read once, before the first is taken.</param>
    /// <param name="cancellationToken">Gives up waiting for room.</param>
    /// <returns>
    /// How many events the queue has taken. Less than all where it was full (and drops what does not fit) or the host is stopping; each
    /// of the others is a dead letter, as with a single event.
    /// </returns>
    /// <remarks>
    /// An outbox waits for the disk once for each 1000 events (or 16 MiB of them), a topic for all at once. If this throws, the events
    /// may have been taken in part: hand all of them over again, with a <see cref="RudderEvent.MessageId"/> each and
    /// <see cref="CleverTapOptions.DeduplicationWindow"/> on if none may count twice.
    /// </remarks>
    /// <exception cref="ArgumentException">One of the events is null. None was taken.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before there was room for all.</exception>
    ValueTask<int> EnqueueAsync(IEnumerable<RudderEvent> events, CancellationToken cancellationToken = default);

    /// <summary>
    /// Delivers without waiting, neither for more events nor for the delay before a retry, and waits until each event whose
    /// <c>EnqueueAsync</c> has returned by now has its final outcome.
    /// </summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>
    /// True if each has its outcome. False if CleverTap refuses the credentials, the token was cancelled, the queue is not started, or
    /// the host stopped first: the events are kept or handed over as without a flush. It does not throw.
    /// </returns>
    Task<bool> FlushAsync(CancellationToken cancellationToken = default);
}
