namespace CleverTap.Rudder;

/// <summary>
/// Handles the events of a queue and their final outcomes; see <c>.AddOutcomeHandler&lt;T&gt;()</c>, and
/// <c>.AddDeadLetterHandler&lt;T&gt;()</c> for the events that will not be delivered.
/// </summary>
/// <example>
/// <code>
/// internal sealed class Ledger(LedgerContext database) : IOutcomeHandler
/// {
///     public async ValueTask HandleAsync(RudderEvent rudderEvent, EventOutcome outcome, CancellationToken cancellationToken)
///     {
///         database.Add(new LedgerRow(rudderEvent.MessageId, outcome.Kind));
///         await database.SaveChangesAsync(cancellationToken);
///     }
/// }
/// </code>
/// </example>
public interface IOutcomeHandler
{
    /// <summary>Handles one event. It may be called for several events at a time, and more than once for an event.</summary>
    /// <remarks>
    /// <para>
    /// The queue keeps the event until each handler has returned. If a handler throws, it is called again for the event, after
    /// <see cref="CleverTapOptions.RetryBaseDelay"/>, doubled each time up to <see cref="CleverTapOptions.RetryMaxDelay"/>. Other events
    /// are delivered and handled meanwhile. After <see cref="BackgroundDeliveryOptions.HandlerGiveUpAfter"/> without success the event is
    /// given up for that handler, logged and counted. A handler that has failed on every event for this time is called once for each event.
    /// </para>
    /// <para>
    /// When the host stops, a failed handler is called at most once more for an event. Then an outbox and a topic keep the event, which is
    /// delivered and handled again after the restart. A queue in memory gives the event up for the handler.
    /// </para>
    /// <para>
    /// A handler must not wait for capacity in its queue, for a flush of it, or for
    /// <see cref="ICleverTapDestination.DeleteUsersAsync"/> with the user of its event: each of them waits for the handler.
    /// </para>
    /// </remarks>
    /// <param name="rudderEvent">The event, as it was enqueued.</param>
    /// <param name="outcome">The outcome and its reason. Its index has no meaning here.</param>
    /// <param name="cancellationToken">Fires when the host does not wait any longer.</param>
    ValueTask HandleAsync(RudderEvent rudderEvent, EventOutcome outcome, CancellationToken cancellationToken);
}
