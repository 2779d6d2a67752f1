namespace CleverTap.Rudder;

/// <summary>CleverTap's answer to one call.</summary>
public sealed record CleverTapResponse
{
    /// <summary>How it ended.</summary>
    public required ResponseStatus Status { get; init; }

    /// <summary>The HTTP status; null where there was no answer.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>How many records CleverTap says that it took; null where it does not say.</summary>
    public int? Processed { get; init; }

    /// <summary>The records that CleverTap refused.</summary>
    public IReadOnlyList<UnprocessedRecord> Unprocessed { get; init; } = [];

    /// <summary>CleverTap's code for the call as a whole; null where there is none.</summary>
    public int? Code { get; init; }

    /// <summary>How long CleverTap asks to wait before the next try; null where it does not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>CleverTap's words on a request that it refused as a whole, or what went wrong on the way; never a payload.</summary>
    public string? Error { get; init; }
}
