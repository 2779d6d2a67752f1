namespace CleverTap.Rudder;

/// <summary>One HTTP request to CleverTap and what came back, not yet read: an answer, or why there is none.</summary>
/// <param name="HttpStatus">The HTTP status; null where there was no answer.</param>
/// <param name="Body">The answer's body, as it came.</param>
/// <param name="RetryAfter">How long CleverTap asks to wait; null where it does not.</param>
/// <param name="Failure">What kind of failure it was; null where there was an answer.</param>
/// <param name="Error">What went wrong on the way; null where nothing did.</param>
internal readonly record struct RawResponse(int? HttpStatus, ReadOnlyMemory<byte> Body, TimeSpan? RetryAfter, ResponseStatus? Failure = null, string? Error = null)
{
    public static RawResponse Failed(ResponseStatus failure, string error, int? httpStatus = null) => new(httpStatus, default, null, failure, error);

    public CleverTapResponse Read() => Failure is { } failure
        ? new CleverTapResponse { Status = failure, HttpStatus = HttpStatus, Error = Error }
        : ResponseReader.Read(HttpStatus!.Value, Body) with { RetryAfter = RetryAfter };
}
