using Microsoft.Extensions.Options;

namespace CleverTap.Rudder;

/// <summary>CleverTap's response to one call.</summary>
public sealed record CleverTapResponse
{
    /// <summary>How the call ended.</summary>
    public required ResponseStatus Status { get; init; }

    /// <summary>The HTTP status; null if there was no response.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The number of records that CleverTap reports as accepted; null if it reports none.</summary>
    public int? Processed { get; init; }

    /// <summary>The records that CleverTap rejected.</summary>
    public IReadOnlyList<UnprocessedRecord> Unprocessed { get; init; } = [];

    /// <summary>CleverTap's code for the whole call; null if the response has no code.</summary>
    public int? Code { get; init; }

    /// <summary>The wait that CleverTap requests before the next attempt; null if it requests none.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// CleverTap's text about a request that it rejected, or the reason why there is no response; null if there is no error.
    /// </summary>
    public string? Error { get; init; }

    /// <summary>Creates the response of a call that code of the host ended before it was sent.</summary>
    /// <remarks>
    /// The message of an exception may contain values of events. Only that of invalid options is repeated, which names the settings.
    /// </remarks>
    internal static CleverTapResponse NotSent(Exception exception)
    {
        string cause = exception is OptionsValidationException invalid ? string.Join("; ", invalid.Failures) : exception.GetType().Name;
        return new CleverTapResponse { Status = ResponseStatus.NotConnected, Error = $"The request could not be sent: {cause}" };
    }
}
