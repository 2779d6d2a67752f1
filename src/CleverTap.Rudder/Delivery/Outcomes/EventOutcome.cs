namespace CleverTap.Rudder;

/// <summary>What became of one event, named by its place in the input and its message id. Nothing but <see cref="Records"/> and CleverTap's own words in <see cref="Message"/> may hold personal data.</summary>
public sealed record EventOutcome
{
    /// <summary>The event's place in the input, counted from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The event's <c>messageId</c>, as it came in; null where it has none.</summary>
    public string? MessageId { get; init; }

    /// <summary>What became of it.</summary>
    public required OutcomeKind Kind { get; init; }

    /// <summary>CleverTap's record code where it was rejected, the HTTP status where it was undelivered; null where there is none.</summary>
    public int? Code { get; init; }

    /// <summary>CleverTap's words, or ours where CleverTap was not asked; null where it was delivered.</summary>
    public string? Message { get; init; }

    /// <summary>Why it is not meant for CleverTap; null unless filtered.</summary>
    public FilterReason? FilterReason { get; init; }

    /// <summary>What is wrong with it; null unless invalid.</summary>
    public EventError? Error { get; init; }

    /// <summary>Why it did not get through; null unless undelivered.</summary>
    public UndeliveredReason? UndeliveredReason { get; init; }

    /// <summary>Standard fields that CleverTap rejected, so that the profile was delivered without them.</summary>
    public IReadOnlyList<OmittedField> OmittedFields { get; init; } = [];

    /// <summary>The records it became.</summary>
    public IReadOnlyList<CleverTapRecord> Records { get; init; } = [];

    /// <summary>What CleverTap may not take as it is.</summary>
    public IReadOnlyList<CleverTapWarning> Warnings { get; init; } = [];

    /// <summary>The place, kind, code and reason; neither a payload nor CleverTap's words.</summary>
    public override string ToString() =>
        $"{Index}: {string.Join(' ', new object?[] { Kind, Code, Error?.Code, FilterReason, UndeliveredReason }.Where(part => part is not null))}";
}
