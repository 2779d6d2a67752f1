using System.Collections;

namespace CleverTap.Rudder;

/// <summary>
/// The result of a call of <see cref="ICleverTapDestination"/>: exactly one outcome per event, in the order of the input.
/// </summary>
public sealed class DeliveryReport : IReadOnlyList<EventOutcome>
{
    private readonly EventOutcome[] outcomes;

    internal DeliveryReport(EventOutcome[] outcomes) => this.outcomes = outcomes;

    /// <summary>Creates a report, for a test double of a destination.</summary>
    /// <param name="outcomes">One outcome per event, in the order of the events.</param>
    public DeliveryReport(IEnumerable<EventOutcome> outcomes)
        : this(outcomes.ToArray()) { }

    /// <inheritdoc/>
    public int Count => outcomes.Length;

    /// <summary>The outcomes of events that CleverTap has stored.</summary>
    public IEnumerable<EventOutcome> Delivered => OfKind(OutcomeKind.Delivered);

    /// <summary>The outcomes of events that are not intended for CleverTap.</summary>
    public IEnumerable<EventOutcome> Filtered => OfKind(OutcomeKind.Filtered);

    /// <summary>The outcomes of events that cannot be mapped to records.</summary>
    public IEnumerable<EventOutcome> Invalid => OfKind(OutcomeKind.Invalid);

    /// <summary>The outcomes of events that CleverTap has rejected.</summary>
    public IEnumerable<EventOutcome> Rejected => OfKind(OutcomeKind.Rejected);

    /// <summary>The outcomes of events that were not delivered; send these events again.</summary>
    public IEnumerable<EventOutcome> Undelivered => OfKind(OutcomeKind.Undelivered);

    /// <summary>Gets the outcome of the event at an index of the input.</summary>
    /// <param name="index">The index of the event, counted from 0.</param>
    public EventOutcome this[int index] => outcomes[index];

    /// <inheritdoc/>
    public IEnumerator<EventOutcome> GetEnumerator() => ((IEnumerable<EventOutcome>)outcomes).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Returns the number of events of each kind of outcome.</summary>
    public override string ToString() =>
        outcomes.Length == 0
            ? "nothing to send"
            : string.Join(
                ", ",
                outcomes.GroupBy(outcome => outcome.Kind).OrderBy(group => group.Key).Select(group => $"{group.Count()} {group.Key}")
            );

    private IEnumerable<EventOutcome> OfKind(OutcomeKind kind) => outcomes.Where(outcome => outcome.Kind == kind);
}
