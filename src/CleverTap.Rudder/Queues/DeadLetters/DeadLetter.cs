namespace CleverTap.Rudder;

/// <summary>
/// An event that was not delivered, and why. <see cref="Json"/> and CleverTap's text in <see cref="Message"/> may hold personal data.
/// </summary>
public sealed record DeadLetter
{
    /// <summary>What identifies it: its number in an outbox (<c>17</c>), its partition and offset in a topic (<c>0/42</c>).</summary>
    public required string Id { get; init; }

    /// <summary>When it became one.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// The event, which <see cref="RudderEvent.Parse(string)"/> reads unless that is what is wrong with it: in an outbox as far as this
    /// library reads it, in a topic as it was, and empty if it was too large for the dead-letter topic.
    /// </summary>
    public required string Json { get; init; }

    /// <summary>The event's <c>messageId</c>; null where it has none.</summary>
    public string? MessageId { get; init; }

    /// <summary>What became of it: rejected, invalid or undelivered.</summary>
    public required OutcomeKind Kind { get; init; }

    /// <summary>CleverTap's record code or HTTP status; null where there is none.</summary>
    public int? Code { get; init; }

    /// <summary>The name of the <see cref="EventErrorCode"/> or <see cref="UndeliveredReason"/>; null if CleverTap rejected it.</summary>
    public string? Reason { get; init; }

    /// <summary>CleverTap's text, or this library's if CleverTap was not asked.</summary>
    public string? Message { get; init; }

    /// <summary>The id, message id, kind, code and reason; neither the event nor CleverTap's text.</summary>
    public override string ToString() =>
        $"{Id}: {string.Join(' ', new object?[] { MessageId, Kind, Code, Reason }.Where(part => part is not null))}";
}
