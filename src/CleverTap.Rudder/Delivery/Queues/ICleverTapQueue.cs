namespace CleverTap.Rudder;

/// <summary>Events that a background service delivers. Thread-safe. Registered by <c>.AddBackgroundDelivery(…)</c> (in memory), or by the packages with an outbox on disk and a topic.</summary>
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

    /// <summary>Delivers without waiting for more, and waits until each event whose <see cref="EnqueueAsync"/> has returned by now has its final outcome.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>True where that is so; false where the token was cancelled, or the host ended, first.</returns>
    Task<bool> FlushAsync(CancellationToken cancellationToken = default);
}
