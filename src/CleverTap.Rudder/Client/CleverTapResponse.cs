namespace CleverTap.Rudder;

/// <summary>CleverTap's response to one call.</summary>
public sealed record CleverTapResponse
{
    /// <summary>How it ended.</summary>
    public required ResponseStatus Status { get; init; }

    /// <summary>The HTTP status; null if there was no response.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>How many records CleverTap says that it accepted; null if it does not say.</summary>
    public int? Processed { get; init; }

    /// <summary>The records that CleverTap rejected.</summary>
    public IReadOnlyList<UnprocessedRecord> Unprocessed { get; init; } = [];

    /// <summary>CleverTap's code for the call as a whole; null if there is none.</summary>
    public int? Code { get; init; }

    /// <summary>How long CleverTap asks to wait before the next attempt; null if it does not ask.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>CleverTap's text about a request that it rejected as a whole, or why there is no response; never a payload.</summary>
    public string? Error { get; init; }
}
