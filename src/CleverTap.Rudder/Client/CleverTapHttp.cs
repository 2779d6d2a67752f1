using System.Net.Http.Headers;
using CleverTap.Rudder.Internal.Options;

namespace CleverTap.Rudder.Internal.Client;

/// <summary>
/// Sends one HTTP request to CleverTap and reads its response, within the timeout and the size limit. A failure is a result.
/// </summary>
internal sealed class CleverTapHttp(HttpClient http, CleverTapOptions options, TimeProvider time)
{
    private const int ChunkBytes = 16 * 1024;

    private static readonly HttpRequestError[] BeforeRequest =
    [
        HttpRequestError.NameResolutionError,
        HttpRequestError.ConnectionError,
        HttpRequestError.SecureConnectionError,
        HttpRequestError.ProxyTunnelError,
    ];

    private readonly Uri address = CleverTapEndpoint.From(options);

    public async Task<CleverTapResponse> GetAsync(string path, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Get, path, null, cancellationToken).ConfigureAwait(false)).Read();

    public async Task<CleverTapResponse> PostAsync(string path, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        (await SendRawAsync(path, body, cancellationToken).ConfigureAwait(false)).Read();

    /// <inheritdoc cref="PostAsync(string, ReadOnlyMemory{byte}, CancellationToken)"/>
    public async Task<CleverTapResponse> PostAsync(string path, RequestContent content, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Post, path, content, cancellationToken).ConfigureAwait(false)).Read();

    /// <summary>
    /// Sends a request as <see cref="PostAsync(string, ReadOnlyMemory{byte}, CancellationToken)"/> does, and returns the unread response.
    /// </summary>
    public Task<RawResponse> SendRawAsync(string path, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, new BytesContent(body), cancellationToken);

    /// <summary>Sends a request of any kind, and returns the unread response.</summary>
    public async Task<RawResponse> SendAsync(HttpMethod method, string path, RequestContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, path)) { Content = content };
        request.Headers.TryAddWithoutValidation("X-CleverTap-Account-Id", options.AccountId);
        request.Headers.TryAddWithoutValidation("X-CleverTap-Passcode", options.Passcode);

        using var timeout = new CancellationTokenSource(options.Timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        HttpResponseMessage? response = null;
        try
        {
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, linked.Token).ConfigureAwait(false);
            return await ReadAsync(response, linked.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            bool hasBegun = response is not null || (content?.HasBegun ?? !IsConnecting(exception));
            return Failed(hasBegun, exception is OperationCanceledException && timeout.IsCancellationRequested, exception);
        }
        finally
        {
            response?.Dispose();
        }
    }

    /// <summary>
    /// Decides by whether the request began, not by the exception, because handlers of the host may throw any exception. If nothing was
    /// written, CleverTap stored nothing; otherwise it is unknown.
    /// </summary>
    private RawResponse Failed(bool hasBegun, bool isTimeout, Exception exception)
    {
        string reason = isTimeout ? $" within {options.Timeout}" : $": {Reason(exception)}";
        return hasBegun
            ? RawResponse.Failed(ResponseStatus.NoResponse, $"No response from CleverTap{reason}")
            : RawResponse.Failed(ResponseStatus.NotConnected, $"No connection to CleverTap{reason}");
    }

    private static string Reason(Exception exception) =>
        exception switch
        {
            HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } failed => failed.HttpRequestError.ToString(),
            OperationCanceledException { InnerException: TimeoutException } => nameof(HttpRequestError.ConnectionError),
            _ => exception.GetType().Name,
        };

    /// <summary>Whether a request failed before it was sent. Only for requests without a body: a body knows whether it began.</summary>
    private static bool IsConnecting(Exception exception) =>
        exception is HttpRequestException { HttpRequestError: var error } && BeforeRequest.Contains(error);

    private async Task<RawResponse> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        int httpStatus = (int)response.StatusCode;
        using var body = new MemoryStream();
        Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var chunk = new byte[ChunkBytes];
            int read;
            while ((read = await stream.ReadAsync(chunk, cancellationToken).ConfigureAwait(false)) > 0)
            {
                if (body.Length + read > options.MaxResponseBytes)
                {
                    string error = $"CleverTap's response is larger than {options.MaxResponseBytes} bytes";
                    return RawResponse.Failed(ResponseStatus.Unreadable, error, httpStatus);
                }

                body.Write(chunk, 0, read);
            }
        }

        return new RawResponse(httpStatus, body.GetBuffer().AsMemory(0, (int)body.Length), RetryAfter(response.Headers.RetryAfter));
    }

    /// <summary>Reads the header as seconds or as a date. A date in the past means no wait.</summary>
    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        TimeSpan? wait = header?.Delta ?? (header?.Date - time.GetUtcNow());
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
