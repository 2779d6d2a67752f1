using System.Net;
using CleverTap.Rudder.Internal.Testing.Api;

namespace CleverTap.Rudder.Internal.Testing.Hosting;

/// <summary>Replaces the network of an <see cref="HttpClient"/>: the emulator responds whatever the host of the request is.</summary>
internal sealed class EmulatorHandler(RequestPipeline pipeline) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        EmulatorResponse response = await pipeline
            .HandleAsync(Read(request), token => ReadBodyAsync(request.Content, token), cancellationToken)
            .ConfigureAwait(false);
        return response.IsDropped
            ? throw new HttpRequestException(HttpRequestError.ResponseEnded, "The emulator dropped the connection without a response.")
            : Write(request, response);
    }

    private static EmulatorRequest Read(HttpRequestMessage request)
    {
        Uri uri = request.RequestUri ?? throw new InvalidOperationException("The request has no address; set its RequestUri.");
        return new EmulatorRequest(request.Method.Method, Uri.UnescapeDataString(uri.AbsolutePath))
        {
            AccountId = Header(request, "X-CleverTap-Account-Id"),
            Passcode = Header(request, "X-CleverTap-Passcode"),
            ContentType = request.Content?.Headers.ContentType?.ToString(),
            QueryString = uri.Query,
        };
    }

    private static string? Header(HttpRequestMessage request, string name) =>
        request.Headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(',', values) : null;

    private static async Task<EmulatorBody> ReadBodyAsync(HttpContent? content, CancellationToken cancellationToken)
    {
        byte[] bytes = content is null ? [] : await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return bytes.Length <= EmulatorBody.MaxBytes
            ? new EmulatorBody(bytes)
            : new EmulatorBody(default, (int)HttpStatusCode.RequestEntityTooLarge);
    }

    private static HttpResponseMessage Write(HttpRequestMessage request, EmulatorResponse source)
    {
        var response = new HttpResponseMessage((HttpStatusCode)source.Status)
        {
            RequestMessage = request,
            Content = new ReadOnlyMemoryContent(source.Body),
        };
        response.Content.Headers.TryAddWithoutValidation("Content-Type", EmulatorResponse.ContentType);
        if (source.AllowedMethods is not null)
        {
            response.Content.Headers.TryAddWithoutValidation("Allow", source.AllowedMethods);
        }

        if (source.RetryAfter is not null)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", source.RetryAfter);
        }

        return response;
    }
}
