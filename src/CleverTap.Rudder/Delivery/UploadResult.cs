namespace CleverTap.Rudder;

/// <summary>CleverTap's answer to one upload.</summary>
public sealed record UploadResult
{
    /// <summary>How it ended.</summary>
    public required UploadStatus Status { get; init; }

    /// <summary>The HTTP status; null where there was no answer.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>How many records CleverTap says that it took.</summary>
    public int Processed { get; init; }

    /// <summary>The records that CleverTap refused.</summary>
    public IReadOnlyList<UnprocessedRecord> Unprocessed { get; init; } = [];

    /// <summary>CleverTap's words on a request that it refused as a whole, or what went wrong on the way; never a payload.</summary>
    public string? Error { get; init; }
}
