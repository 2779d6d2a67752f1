namespace CleverTap.Rudder.Internal.Client;

/// <summary>The unread response to one HTTP request, or the failure if there is no response.</summary>
/// <param name="HttpStatus">The HTTP status; null if there was no response.</param>
/// <param name="Body">The body of the response.</param>
/// <param name="RetryAfter">The wait that CleverTap requests; null if it requests none.</param>
/// <param name="Failure">The kind of failure; null if there was a readable response.</param>
/// <param name="Error">The reason for the failure; null if there was a readable response.</param>
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
