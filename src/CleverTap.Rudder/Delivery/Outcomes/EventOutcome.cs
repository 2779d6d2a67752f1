namespace CleverTap.Rudder;

/// <summary>The outcome of one event, which is identified by its index in the input and its message id.</summary>
/// <remarks>Only <see cref="Records"/> and CleverTap's text in <see cref="Message"/> may contain personal data.</remarks>
public sealed record EventOutcome
{
    /// <summary>The index of the event in the input, counted from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The event's <c>messageId</c>, as it was sent; null if it has none.</summary>
    public string? MessageId { get; init; }

    /// <summary>The kind of the outcome.</summary>
    public required OutcomeKind Kind { get; init; }

    /// <summary>
    /// CleverTap's record code if the event was rejected, the HTTP status if it was undelivered; null if there is no code.
    /// </summary>
    public int? Code { get; init; }

    /// <summary>CleverTap's error text, or the text of this library if the event was not sent; null if it was delivered.</summary>
    public string? Message { get; init; }

    /// <summary>The reason why the event is not intended for CleverTap; null unless filtered.</summary>
    public FilterReason? FilterReason { get; init; }

    /// <summary>The error of the event; null unless invalid.</summary>
    public EventError? Error { get; init; }

    /// <summary>The reason why the event was not delivered; null unless undelivered.</summary>
    public UndeliveredReason? UndeliveredReason { get; init; }

    /// <summary>The standard fields that CleverTap rejected, so that the profile was delivered without them.</summary>
    public IReadOnlyList<OmittedField> OmittedFields { get; init; } = [];

    /// <summary>The records of the event.</summary>
    public IReadOnlyList<CleverTapRecord> Records { get; init; } = [];

    /// <summary>The warnings about values that CleverTap may reject or change.</summary>
    public IReadOnlyList<CleverTapWarning> Warnings { get; init; } = [];

    /// <summary>Returns the index, kind, code and reason; neither a payload nor CleverTap's text.</summary>
    public override string ToString()
    {
        object?[] parts = [Kind, Code, Error?.Code, FilterReason, UndeliveredReason];
        return $"{Index}: {string.Join(' ', parts.Where(part => part is not null))}";
    }
}
