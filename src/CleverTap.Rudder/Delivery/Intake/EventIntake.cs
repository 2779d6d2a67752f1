using CleverTap.Rudder.Internal.Delivery.Engine;

namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>
/// Prepares events for the engine: runs the host's rules, maps the event, filters duplicates, and removes links that were sent already.
/// Thread-safe.
/// </summary>
internal sealed class EventIntake(CleverTapOptions options, EventHooks hooks, TimeProvider time)
{
    private readonly CleverTapTransformer transformer = new(options.Mapping);
    private readonly ProfileLinks links = new();
    private readonly MessageIdWindow? seen = options.DeduplicationWindow.IsOn
        ? new MessageIdWindow(options.DeduplicationWindow, time)
        : null;

    /// <summary>The time of the host's clock.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Returns the event with its time of arrival, unless the mapping reads only an explicit <c>ts</c>.</summary>
    /// <param name="rudderEvent">The event; a list that was read from JSON can contain nulls in spite of its type.</param>
    /// <param name="arrived">The time of arrival.</param>
    public RudderEvent WithArrivalTime(RudderEvent rudderEvent, DateTimeOffset arrived) =>
        rudderEvent is null || options.Mapping.Timestamps != TimestampSource.EventTime
            ? rudderEvent!
            : ArrivalTime.AddIfMissing(rudderEvent, arrived);

    /// <summary>Maps an event.</summary>
    /// <param name="source">The source of the event.</param>
    /// <param name="index">The index of the event among the events of the source.</param>
    /// <param name="original">The event before the edits; the outcome has its message id.</param>
    /// <param name="rudderEvent">The event; a list that was read from JSON can contain nulls in spite of its type.</param>
    /// <param name="outcome">The outcome of an event that is not sent; null if it is sent.</param>
    /// <returns>The event to submit; null if it is not sent.</returns>
    public PendingEvent? Prepare(
        DeliverySource source,
        long index,
        RudderEvent? original,
        RudderEvent? rudderEvent,
        out EventOutcome? outcome
    )
    {
        RudderEvent? edited = rudderEvent;
        TransformResult result = edited is null ? TransformResult.Invalid(EventError.NotAnObject) : Map(source, ref edited);
        if (result.Status != TransformStatus.Mapped)
        {
            outcome = Outcome.FromUnmapped((int)index, original?.MessageId, result);
            return null;
        }

        outcome = null;
        IReadOnlyList<CleverTapRecord> records = links.WithoutKnown(result.Records);
        result = records == result.Records ? result : TransformResult.FromOwned(records, result.Warnings);
        return new PendingEvent(source, index, edited!, result) { Original = original! };
    }

    /// <summary>Removes the message id and the links of an undelivered event, so that the event can be sent again.</summary>
    public void Completed(EventCompletion completion)
    {
        if (completion.Outcome.Kind == OutcomeKind.Delivered)
        {
            return;
        }

        links.Forget(completion.Event.Records);
        if (completion.Event.Source.FiltersDuplicates)
        {
            seen?.Remove(completion.Event.Event.MessageId);
        }
    }

    /// <summary>Removes the links of deleted users, so that a user who comes back is linked again.</summary>
    public void Forget(IReadOnlyCollection<string> userIds) => links.Forget(userIds);

    private TransformResult Map(DeliverySource source, ref RudderEvent rudderEvent)
    {
        TransformResult result = hooks.Run(ref rudderEvent) ?? transformer.Transform(rudderEvent);
        return result.Status == TransformStatus.Mapped && source.FiltersDuplicates && seen?.TryAdd(rudderEvent.MessageId) == false
            ? TransformResult.Filtered(FilterReason.Duplicate)
            : result;
    }
}
