using CleverTap.Rudder.Internal.Delivery.Engine;
using CleverTap.Rudder.Internal.Mapping;

namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>
/// What happens to an event before the engine gets it: the host's rules run, it is mapped, a duplicate is filtered, and a link that
/// CleverTap has is left out. Thread-safe.
/// </summary>
internal sealed class EventIntake(CleverTapOptions options, EventHooks hooks, TimeProvider time)
{
    private readonly CleverTapTransformer transformer = new(options.Mapping);
    private readonly ProfileLinks links = new();
    private readonly MessageIdWindow? seen = options.DeduplicationWindow.IsOn
        ? new MessageIdWindow(options.DeduplicationWindow, time)
        : null;

    /// <summary>The time by the host's clock.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>
    /// An event as it is kept from when it is handed over: with a time, if the mapping reads more than an explicit <c>ts</c>.
    /// </summary>
    /// <param name="rudderEvent">The event; a list that was read from JSON can hold nulls, whatever its type says.</param>
    /// <param name="arrived">When it was handed over.</param>
    public RudderEvent WithArrivalTime(RudderEvent rudderEvent, DateTimeOffset arrived) =>
        rudderEvent is null || options.Mapping.Timestamps != TimestampSource.EventTime
            ? rudderEvent!
            : ArrivalTime.AddIfMissing(rudderEvent, arrived);

    /// <summary>Maps an event.</summary>
    /// <param name="source">Where it comes from.</param>
    /// <param name="index">Its place among the events of the source.</param>
    /// <param name="original">The event as it came in: the outcome names it.</param>
    /// <param name="rudderEvent">The event; a list that was read from JSON can hold nulls, whatever its type says.</param>
    /// <param name="outcome">The outcome of an event that is not sent; null if it is.</param>
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

    /// <summary>An event that CleverTap does not have may come again: neither its id nor its link counts as seen.</summary>
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

    private TransformResult Map(DeliverySource source, ref RudderEvent rudderEvent)
    {
        TransformResult result = hooks.Run(ref rudderEvent) ?? transformer.Transform(rudderEvent);
        return result.Status == TransformStatus.Mapped && source.FiltersDuplicates && seen?.TryAdd(rudderEvent.MessageId) == false
            ? TransformResult.Filtered(FilterReason.Duplicate)
            : result;
    }
}
