using System.Net.Http.Headers;

namespace CleverTap.Rudder;

/// <summary>One HTTP request to CleverTap and its answer, within the timeout and the size cap. What goes wrong is a result.</summary>
internal sealed class CleverTapHttp(HttpClient http, CleverTapOptions options, TimeProvider time)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly Uri address = CleverTapEndpoint.Of(options);

    public async Task<CleverTapResponse> GetAsync(string path, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Get, path, null, cancellationToken).ConfigureAwait(false)).Read();

    public async Task<CleverTapResponse> PostAsync(string path, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        (await SendRawAsync(path, body, cancellationToken).ConfigureAwait(false)).Read();

    /// <inheritdoc cref="PostAsync(string, ReadOnlyMemory{byte}, CancellationToken)"/>
    public async Task<CleverTapResponse> PostAsync(string path, HttpContent content, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Post, path, content, cancellationToken).ConfigureAwait(false)).Read();

    /// <summary>The same as <see cref="PostAsync(string, ReadOnlyMemory{byte}, CancellationToken)"/>, for who wants CleverTap's own words.</summary>
    public Task<RawResponse> SendRawAsync(string path, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, new ReadOnlyMemoryContent(body) { Headers = { ContentType = Json } }, cancellationToken);

    private async Task<RawResponse> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, path)) { Content = content };
        request.Headers.TryAddWithoutValidation("X-CleverTap-Account-Id", options.AccountId);
        request.Headers.TryAddWithoutValidation("X-CleverTap-Passcode", options.Passcode);

        using var timeout = new CancellationTokenSource(options.Timeout, time);
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, inTime.Token).ConfigureAwait(false);
            return await ReadAsync(response, inTime.Token).ConfigureAwait(false);
        }
        catch (HttpRequestException exception)
        {
            // Before there is a connection nothing was sent; after that nobody knows.
            return exception.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
                ? RawResponse.Failed(ResponseStatus.NotConnected, $"No connection to CleverTap: {exception.HttpRequestError}")
                : RawResponse.Failed(ResponseStatus.NoResponse, $"No answer from CleverTap: {exception.HttpRequestError}");
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return RawResponse.Failed(ResponseStatus.NoResponse, $"No answer from CleverTap within {options.Timeout}");
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // A host's own handlers may throw anything. What was sent before that nobody knows.
            return RawResponse.Failed(ResponseStatus.NoResponse, $"No answer from CleverTap: {exception.GetType().Name}");
        }
    }

    private async Task<RawResponse> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var chunk = new byte[16 * 1024];
            for (int read; (read = await stream.ReadAsync(chunk, cancellationToken).ConfigureAwait(false)) > 0;)
            {
                if (body.Length + read > options.MaxResponseBytes)
                    return RawResponse.Failed(ResponseStatus.Unreadable, $"CleverTap's answer is larger than {options.MaxResponseBytes} bytes", (int)response.StatusCode);
                body.Write(chunk, 0, read);
            }
        }

        return new RawResponse((int)response.StatusCode, body.GetBuffer().AsMemory(0, (int)body.Length), RetryAfter(response.Headers.RetryAfter));
    }

    /// <summary>Seconds or a date; a date in the past asks for no wait.</summary>
    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        TimeSpan? wait = header?.Delta ?? (header?.Date - time.GetUtcNow());
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
