using System.Net.Http.Headers;

namespace CleverTap.Rudder;

/// <summary>
/// CleverTap's server API: one method, one HTTP request, nothing repeated. Get it from
/// <c>services.AddCleverTapDestination(…)</c>, or make one over an <see cref="HttpClient"/> of your own. Thread-safe.
/// </summary>
public sealed class CleverTapClient
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient http;
    private readonly CleverTapOptions options;
    private readonly Uri upload;

    /// <summary>A client for one account.</summary>
    /// <param name="http">Sends the requests. Its own timeout counts too; the options' timeout is per call.</param>
    /// <param name="options">The account and where it is. Not changed afterwards.</param>
    /// <exception cref="ArgumentException">The options are not valid; the message names every error.</exception>
    public CleverTapClient(HttpClient http, CleverTapOptions options)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        if (new CleverTapOptionsValidator().Validate(null, options) is { Failed: true } result) throw new ArgumentException(result.FailureMessage, nameof(options));
        this.http = http;
        this.options = options;
        upload = new Uri(CleverTapEndpoint.Of(options), "1/upload");
    }

    /// <summary>Uploads records (<c>POST /1/upload</c>). A failure is a result, never an exception.</summary>
    /// <param name="records">Up to 1000 records, or up to 100 device tokens.</param>
    /// <param name="dryRun">Whether CleverTap shall check the records and store nothing.</param>
    /// <param name="cancellationToken">Stops waiting for the answer; CleverTap may have stored the records all the same.</param>
    /// <returns>What CleverTap answered, or that it did not.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<UploadResult> UploadAsync(IReadOnlyList<CleverTapRecord> records, bool dryRun = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        using var request = new HttpRequestMessage(HttpMethod.Post, dryRun ? new Uri(upload, "?dryRun=1") : upload)
        {
            Content = new ByteArrayContent(UploadBody.Of(records)) { Headers = { ContentType = Json } },
        };
        request.Headers.TryAddWithoutValidation("X-CleverTap-Account-Id", options.AccountId);
        request.Headers.TryAddWithoutValidation("X-CleverTap-Passcode", options.Passcode);

        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        inTime.CancelAfter(options.Timeout);
        try
        {
            using HttpResponseMessage response = await http.SendAsync(request, inTime.Token).ConfigureAwait(false);
            byte[] body = await response.Content.ReadAsByteArrayAsync(inTime.Token).ConfigureAwait(false);
            return UploadAnswer.Read((int)response.StatusCode, body);
        }
        catch (HttpRequestException exception)
        {
            return new UploadResult { Status = UploadStatus.NoAnswer, Error = $"No answer from CleverTap: {exception.HttpRequestError}" };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new UploadResult { Status = UploadStatus.NoAnswer, Error = $"No answer from CleverTap within {options.Timeout}" };
        }
    }
}
