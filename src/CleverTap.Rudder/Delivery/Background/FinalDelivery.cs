using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder;

/// <summary>
/// What every background queue does with a batch, wherever it keeps its events: send it again and again until each event
/// has its final outcome, or the time is up.
/// </summary>
internal sealed class FinalDelivery(
    string name, ICleverTapDestination destination, CleverTapOptions delivery, BackgroundDeliveryOptions options, OutcomeHandlers handlers, ILogger logger, TimeProvider time)
{
    private readonly bool resendsLostAnswers = delivery.LostAnswers == LostAnswers.Resend;

    /// <summary>How many events make a batch worth the most: as many as fill the uploads that may be under way.</summary>
    public int MostAtOnce { get; } = Math.Max(options.FlushSize, delivery.MaxBatchRecords * delivery.MaxInFlight);

    /// <summary>The outcome of what is no event.</summary>
    public EventOutcome OutcomeOf(EventError error) => Outcome.OfUnreadable(error, delivery.Mapping);

    /// <summary>Delivers a batch. Nothing that happens on the way is thrown.</summary>
    /// <param name="events">The events; a user's keep their order.</param>
    /// <param name="settle">Is given final outcomes, their index the event's place in the batch, once the host's handlers were told.</param>
    /// <param name="deadline">Ends the tries.</param>
    /// <returns>The places of the events that have no final outcome.</returns>
    public async Task<IReadOnlyList<int>> DeliverAsync(IReadOnlyList<RudderEvent> events, Func<IReadOnlyList<EventOutcome>, Task> settle, CancellationToken deadline)
    {
        List<int> pending = [.. Enumerable.Range(0, events.Count)];
        while (true)
        {
            (List<EventOutcome> final, List<int> kept, TimeSpan pause) = await TryAsync(events, pending, deadline).ConfigureAwait(false);

            // Told first: a crash between the two tells again what was told, and leaves nothing untold.
            foreach (EventOutcome outcome in final) await handlers.TellAsync(events[outcome.Index], outcome).ConfigureAwait(false);
            if (final.Count > 0) await settle(final).ConfigureAwait(false);
            pending = kept;
            if (pending.Count == 0 || deadline.IsCancellationRequested) return pending;
            await Task.Delay(pause, time, deadline).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<(List<EventOutcome> Final, List<int> Kept, TimeSpan Pause)> TryAsync(IReadOnlyList<RudderEvent> events, List<int> places, CancellationToken deadline)
    {
        List<EventOutcome> final = [];
        List<int> kept = [];
        DeliveryReport report;
        try
        {
            report = await destination.SendAsync([.. places.Select(place => events[place])], deadline).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Nothing may end the worker: events would pile up behind it unseen.
            logger.WorkerFailed(name, exception.GetType(), options.RetryInterval);
            return (final, [.. places], options.RetryInterval);
        }

        UndeliveredReason? reason = null;
        foreach (EventOutcome outcome in report)
        {
            int place = places[outcome.Index];
            if (IsWorthAnotherTry(outcome))
            {
                kept.Add(place);
                reason ??= outcome.UndeliveredReason;
            }
            else
            {
                final.Add(outcome with { Index = place });
            }
        }

        TimeSpan pause = reason == UndeliveredReason.Unauthorized ? options.UnauthorizedPause : options.RetryInterval;
        if (kept.Count > 0 && !deadline.IsCancellationRequested) logger.Pausing(name, kept.Count, pause, reason!.Value);
        return (final, kept, pause);
    }

    private bool IsWorthAnotherTry(EventOutcome outcome) => outcome.Kind == OutcomeKind.Undelivered && outcome.UndeliveredReason switch
    {
        UndeliveredReason.BadRequest => false,
        UndeliveredReason.NoAnswer or UndeliveredReason.Unreadable => resendsLostAnswers,
        _ => true,
    };
}
