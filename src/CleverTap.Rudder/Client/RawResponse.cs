namespace CleverTap.Rudder.Internal.Client;

/// <summary>The response to one HTTP request, not yet read, or why there is none.</summary>
/// <param name="HttpStatus">The HTTP status; null if there was no response.</param>
/// <param name="Body">The body of the response, as it came.</param>
/// <param name="RetryAfter">How long CleverTap asks to wait; null if it does not ask.</param>
/// <param name="Failure">The kind of failure; null if there was a readable response.</param>
/// <param name="Error">What failed; null if nothing did.</param>
internal readonly record struct RawResponse(
    int? HttpStatus,
    ReadOnlyMemory<byte> Body,
    TimeSpan? RetryAfter,
    ResponseStatus? Failure = null,
    string? Error = null
)
{
    public static RawResponse Failed(ResponseStatus failure, string error, int? httpStatus = null) =>
        new(httpStatus, default, null, failure, error);

    public CleverTapResponse Read() =>
        Failure is { } failure
            ? new CleverTapResponse
            {
                Status = failure,
                HttpStatus = HttpStatus,
                Error = Error,
            }
            : ResponseReader.Read(HttpStatus!.Value, Body) with
            {
                RetryAfter = RetryAfter,
            };
}
