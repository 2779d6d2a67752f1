using System.Collections;

namespace CleverTap.Rudder;

/// <summary>Exactly one outcome for each event that was sent, in the order of the input.</summary>
public sealed class DeliveryReport : IReadOnlyList<EventOutcome>
{
    private readonly EventOutcome[] outcomes;

    internal DeliveryReport(EventOutcome[] outcomes) => this.outcomes = outcomes;

    /// <summary>A report, for a test double of a destination.</summary>
    /// <param name="outcomes">One outcome per event, in the order of the events.</param>
    public DeliveryReport(IEnumerable<EventOutcome> outcomes)
        : this(outcomes.ToArray()) { }

    /// <inheritdoc/>
    public int Count => outcomes.Length;

    /// <summary>The events that CleverTap took.</summary>
    public IEnumerable<EventOutcome> Delivered => Of(OutcomeKind.Delivered);

    /// <summary>The events that are not meant for CleverTap.</summary>
    public IEnumerable<EventOutcome> Filtered => Of(OutcomeKind.Filtered);

    /// <summary>The events that cannot become records.</summary>
    public IEnumerable<EventOutcome> Invalid => Of(OutcomeKind.Invalid);

    /// <summary>The events that CleverTap rejected.</summary>
    public IEnumerable<EventOutcome> Rejected => Of(OutcomeKind.Rejected);

    /// <summary>The events that did not get through; send them again.</summary>
    public IEnumerable<EventOutcome> Undelivered => Of(OutcomeKind.Undelivered);

    /// <summary>The outcome of the event at that place of the input.</summary>
    /// <param name="index">Counted from 0.</param>
    public EventOutcome this[int index] => outcomes[index];

    /// <inheritdoc/>
    public IEnumerator<EventOutcome> GetEnumerator() => ((IEnumerable<EventOutcome>)outcomes).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>How many events had which outcome.</summary>
    public override string ToString() =>
        outcomes.Length == 0
            ? "nothing to send"
            : string.Join(
                ", ",
                outcomes.GroupBy(outcome => outcome.Kind).OrderBy(kind => kind.Key).Select(kind => $"{kind.Count()} {kind.Key}")
            );

    private IEnumerable<EventOutcome> Of(OutcomeKind kind) => outcomes.Where(outcome => outcome.Kind == kind);
}
