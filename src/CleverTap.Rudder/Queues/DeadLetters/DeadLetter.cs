namespace CleverTap.Rudder;

/// <summary>
/// An event that was not delivered, and the reason.
/// </summary>
/// <remarks><see cref="Json"/> and CleverTap's text in <see cref="Message"/> may contain personal data.</remarks>
public sealed record DeadLetter
{
    /// <summary>The id of the dead letter: a number in an outbox (<c>17</c>), a partition and an offset in a topic (<c>0/42</c>).</summary>
    public required string Id { get; init; }

    /// <summary>The time at which the event became a dead letter.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The event as JSON.</summary>
    /// <remarks>
    /// <see cref="RudderEvent.Parse(string)"/> reads it, unless the event is a dead letter because it cannot be read. An outbox stores the
    /// members that this library reads; a topic stores the original text. The text is empty if the event was too large for the dead-letter
    /// topic.
    /// </remarks>
    public required string Json { get; init; }

    /// <summary>The event's <c>messageId</c>; null if it has none.</summary>
    public string? MessageId { get; init; }

    /// <summary>The kind of the outcome: rejected, invalid or undelivered.</summary>
    public required OutcomeKind Kind { get; init; }

    /// <summary>CleverTap's record code or HTTP status; null if CleverTap did not respond.</summary>
    public int? Code { get; init; }

    /// <summary>The name of the <see cref="EventErrorCode"/> or <see cref="UndeliveredReason"/>; null if CleverTap rejected it.</summary>
    public string? Reason { get; init; }

    /// <summary>CleverTap's error text, or the text of this library if the event was not sent.</summary>
    public string? Message { get; init; }

    /// <summary>Returns the id, message id, kind, code and reason; neither the event nor CleverTap's text.</summary>
    public override string ToString() =>
        $"{Id}: {string.Join(' ', new object?[] { MessageId, Kind, Code, Reason }.Where(part => part is not null))}";
}
