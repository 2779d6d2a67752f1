using System.Net;
using CleverTap.Rudder;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Forwarder;

namespace TransformerService;

/// <summary>
/// The original rudder-transformer, for a workspace that has other destinations too: gets whatever is not CleverTap's, as it
/// came. Without one such requests are rejected.
/// </summary>
internal sealed class Upstream(IHttpForwarder forwarder, Uri? address) : IDisposable
{
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(10);

    private readonly HttpMessageInvoker client = new(
        new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
        }
    );

    public bool IsThere => address is not null;

    /// <summary>Passes on a request whose body has not been read.</summary>
    public async Task ForwardAsync(HttpContext context)
    {
        ForwarderError error = await forwarder.SendAsync(
            context,
            address!.AbsoluteUri,
            client,
            new ForwarderRequestConfig { ActivityTimeout = LongestCall }
        );
        if (error != ForwarderError.None && !context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
        }
    }

    /// <summary>Passes on a request whose body has been read, and is no longer compressed.</summary>
    public async Task ForwardAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        context.Request.Headers.Remove(HeaderNames.ContentEncoding);
        context.Request.ContentLength = body.Length;
        context.Request.Body = new MemoryStream(body.ToArray(), writable: false);
        await ForwardAsync(context);
    }

    /// <summary>The service's own response where it is for CleverTap or there is no upstream; the upstream's otherwise.</summary>
    public Task ResponseAsync(HttpContext context, Func<ReadOnlyMemory<byte>, string?> destinationOf, ProtocolAnswers.Answerer response) =>
        IsThere ? ForwardOthersAsync(context, destinationOf, response) : context.ResponseAsync(response);

    public void Dispose() => client.Dispose();

    private async Task ForwardOthersAsync(
        HttpContext context,
        Func<ReadOnlyMemory<byte>, string?> destinationOf,
        ProtocolAnswers.Answerer response
    )
    {
        using RequestBody body = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
        if (RudderTransformerProtocol.IsCleverTap(destinationOf(body.Json)))
        {
            await context.ResponseAsync(body.Json, response);
        }
        else
        {
            await ForwardAsync(context, body.Json);
        }
    }
}
