namespace CleverTap.Rudder;

/// <summary>
/// Takes the events of a queue and their final outcomes; see <c>.AddOutcomeHandler&lt;T&gt;()</c>, and
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
    /// <summary>Takes one event. It may be called for several events at a time, and more than once for an event.</summary>
    /// <remarks>
    /// <para>
    /// The queue keeps the event until each handler has returned. If one throws, that handler is called again for the event, after
    /// <see cref="CleverTapOptions.RetryBaseDelay"/>, doubled each time up to <see cref="CleverTapOptions.RetryMaxDelay"/>; meanwhile other
    /// events go on. After <see cref="BackgroundDeliveryOptions.HandlerGiveUpAfter"/> without success the event is given up for that
    /// handler, logged and counted. While a handler has failed for so long on every event, it is called once for each event.
    /// </para>
    /// <para>
    /// If the host stops before, an outbox and a topic keep the event: it is delivered, and handlers are called, again after the restart.
    /// </para>
    /// <para>Do not wait in it for room in the same queue, nor for a flush of it: neither comes before it has returned.</para>
    /// </remarks>
    /// <param name="rudderEvent">The event, as it came in.</param>
    /// <param name="outcome">What became of it and why. Its index has no meaning here.</param>
    /// <param name="cancellationToken">Fires when the host waits no longer.</param>
    ValueTask HandleAsync(RudderEvent rudderEvent, EventOutcome outcome, CancellationToken cancellationToken);
}
