namespace CleverTap.Rudder;

/// <summary>
/// Delivers RudderStack events to one CleverTap account or, behind a route, to several accounts.
/// </summary>
/// <remarks>
/// Thread-safe. Registered by <c>services.AddCleverTapDestination(…)</c> for one account, and by <c>services.AddCleverTapRouting(…)</c> for
/// several. A route deletes users from all its accounts.
/// </remarks>
/// <example>
/// <code>
/// DeliveryReport report = await destination.SendAsync(events, cancellationToken);
///
/// foreach (EventOutcome outcome in report.Rejected)
/// {
///     logger.Rejected(outcome.MessageId, outcome.Code, outcome.Message);
/// }
/// </code>
/// </example>
public interface ICleverTapDestination
{
    /// <summary>Transforms the events, uploads their records and returns the outcome of each event.</summary>
    /// <param name="events">The events. A user's events reach CleverTap in this order.</param>
    /// <param name="cancellationToken">Stops sending; events without an outcome become Undelivered, even if their upload is in flight.</param>
    /// <returns>Exactly one outcome per event. A failed delivery is an outcome, never an exception.</returns>
    Task<DeliveryReport> SendAsync(IReadOnlyList<RudderEvent> events, CancellationToken cancellationToken = default);

    /// <summary>Delivers a stream of any length with bounded memory.</summary>
    /// <param name="events">The events. A user's events reach CleverTap in this order.</param>
    /// <param name="cancellationToken">
    /// Stops sending; events that were read and have no outcome become Undelivered, even if their upload is in flight.
    /// </param>
    /// <returns>One outcome per event, in the order of the stream, as soon as it and those before it are known.</returns>
    IAsyncEnumerable<EventOutcome> SendAsync(IAsyncEnumerable<RudderEvent> events, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes the waiting events and the dead letters of users, and then deletes their profiles at CleverTap.
    /// </summary>
    /// <param name="userIds">
    /// The ids of the users. An event is removed if its user id is one of them, or its anonymous id if it has no user id, or the previous
    /// id of an alias. Add the anonymous ids of visitors to remove their events from before the login too. If an id is empty, nothing is
    /// removed or sent and the status is <see cref="ResponseStatus.BadRequest"/>.
    /// </param>
    /// <param name="cancellationToken">Stops waiting and sending; completed removals and requests are not undone.</param>
    /// <returns>CleverTap's last response; if it is not a success, some users were not deleted.</returns>
    /// <remarks>
    /// This corresponds to the user deletion of RudderStack. Events in flight are finished first. The outcome of a removed event is
    /// Filtered with the reason <see cref="FilterReason.UserDeleted"/>. No event is removed from a Kafka topic; a log entry (id 37) reports
    /// this. Events that are enqueued later create a new profile. If the file of an outbox cannot be used, the method throws a
    /// <c>SqliteOutboxException</c> and sends no request to CleverTap.
    /// </remarks>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="InvalidOperationException">The queue stopped before the removal; no request was sent to CleverTap.</exception>
    Task<CleverTapResponse> DeleteUsersAsync(IEnumerable<string> userIds, CancellationToken cancellationToken = default);

    /// <summary>Deletes profiles by CleverTap's ids (<c>guid</c>), such as those of anonymous profiles.</summary>
    /// <param name="cleverTapIds">
    /// The CleverTap ids. If one is empty, nothing is sent and the status is <see cref="ResponseStatus.BadRequest"/>.
    /// </param>
    /// <param name="cancellationToken">Stops sending; completed requests are not undone.</param>
    /// <returns>CleverTap's last response; if it is not a success, some profiles were not deleted.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<CleverTapResponse> DeleteUsersByCleverTapIdAsync(IEnumerable<string> cleverTapIds, CancellationToken cancellationToken = default);
}
