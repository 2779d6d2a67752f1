namespace CleverTap.Rudder;

/// <summary>
/// Delivers RudderStack events to one CleverTap account, registered by <c>services.AddCleverTapDestination(…)</c>, or to several by a route,
/// <c>services.AddCleverTapRouting(…)</c>, which deletes users from all of them. Thread-safe.
/// </summary>
public interface ICleverTapDestination
{
    /// <summary>Transforms the events, uploads their records and tells what became of each.</summary>
    /// <param name="events">The events. A user's events reach CleverTap in this order.</param>
    /// <param name="cancellationToken">Stops sending; events not sent by then are Undelivered.</param>
    /// <returns>Exactly one outcome per event. A failed delivery is an outcome, never an exception.</returns>
    Task<DeliveryReport> SendAsync(IReadOnlyList<RudderEvent> events, CancellationToken cancellationToken = default);

    /// <summary>Delivers a stream of any length in bounded memory, a window of uploads at a time.</summary>
    /// <param name="events">The events. A user's events reach CleverTap in this order.</param>
    /// <param name="cancellationToken">Stops sending; events read but not sent by then are Undelivered.</param>
    /// <returns>One outcome per event, in the order of the stream, as soon as its window is through.</returns>
    IAsyncEnumerable<EventOutcome> SendAsync(IAsyncEnumerable<RudderEvent> events, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes users' events that wait for delivery and their dead letters, then asks CleverTap to delete their profiles, as RudderStack's
    /// user deletion does.
    /// </summary>
    /// <param name="userIds">
    /// The users' ids. An event is removed if its user id is one of them, or its anonymous id if it has no user id, or the previous id of
    /// an alias: add the anonymous ids of visitors if their events from before the login are to go too.
    /// </param>
    /// <param name="cancellationToken">Stops waiting and asking; what was removed and asked stands.</param>
    /// <returns>CleverTap's last response; anything but a success means that some users were not deleted.</returns>
    /// <remarks>
    /// Events in flight are finished first. An event that is removed has the outcome Filtered, reason
    /// <see cref="FilterReason.UserDeleted"/>. Nothing is removed from a Kafka topic, which a log entry (id 37) says. Events that are
    /// enqueued later make a new profile. If an outbox's file cannot be used, a <c>SqliteOutboxException</c> says so, and CleverTap is not
    /// asked.
    /// </remarks>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="InvalidOperationException">The queue stopped before the events could be removed; CleverTap was not asked.</exception>
    Task<CleverTapResponse> DeleteUsersAsync(IEnumerable<string> userIds, CancellationToken cancellationToken = default);

    /// <summary>Asks CleverTap to delete profiles by CleverTap's own ids (<c>guid</c>), such as those of anonymous profiles.</summary>
    /// <param name="cleverTapIds">The CleverTap ids.</param>
    /// <param name="cancellationToken">Stops asking; what was asked stands.</param>
    /// <returns>CleverTap's last response; anything but a success means that some profiles were not deleted.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<CleverTapResponse> DeleteUsersByCleverTapIdAsync(IEnumerable<string> cleverTapIds, CancellationToken cancellationToken = default);
}
