using System.Net;
using System.Net.Http.Headers;

namespace CleverTap.Rudder.Internal.Client;

/// <summary>A JSON body that records whether its writing began: from then on CleverTap may have stored some of it.</summary>
internal abstract class RequestContent : HttpContent
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private volatile bool hasBegun;

    protected RequestContent() => Headers.ContentType = Json;

    /// <summary>
    /// Whether any part of the body was written in any attempt. It stays true if a handler of the host sends the request again or reads the
    /// body.
    /// </summary>
    public bool HasBegun => hasBegun;

    protected sealed override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected sealed override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        hasBegun = true;
        return WriteAsync(stream, cancellationToken);
    }

    /// <summary>Writes the body.</summary>
    protected abstract Task WriteAsync(Stream stream, CancellationToken cancellationToken);
}
