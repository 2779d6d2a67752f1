using System.Net;
using CleverTap.Rudder;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Forwarder;

namespace TransformerService;

/// <summary>Forwards requests for other destinations to the original rudder-transformer, unchanged.</summary>
/// <remarks>Without an upstream such requests are rejected.</remarks>
internal sealed class Upstream(IHttpForwarder forwarder, Uri? address) : IDisposable
{
    private static readonly TimeSpan MaxCallDuration = TimeSpan.FromMinutes(10);

    private readonly HttpMessageInvoker client = new(
        new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
        }
    );

    public bool IsConfigured => address is not null;

    /// <summary>Forwards a request whose body has not been read.</summary>
    public async Task ForwardAsync(HttpContext context)
    {
        ForwarderError error = await forwarder.SendAsync(
            context,
            address!.AbsoluteUri,
            client,
            new ForwarderRequestConfig { ActivityTimeout = MaxCallDuration }
        );
        if (error != ForwarderError.None && !context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
        }
    }

    /// <summary>Forwards a request whose body has been read and decompressed.</summary>
    public async Task ForwardAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        context.Request.Headers.Remove(HeaderNames.ContentEncoding);
        context.Request.ContentLength = body.Length;
        context.Request.Body = new MemoryStream(body.ToArray(), writable: false);
        await ForwardAsync(context);
    }

    /// <summary>Responds if the request is for CleverTap or there is no upstream; otherwise forwards the request.</summary>
    public Task RespondAsync(HttpContext context, Func<ReadOnlyMemory<byte>, string?> readDestType, ProtocolResponses.BodyHandler handle) =>
        IsConfigured ? ForwardOrRespondAsync(context, readDestType, handle) : context.RespondAsync(handle);

    public void Dispose() => client.Dispose();

    private async Task ForwardOrRespondAsync(
        HttpContext context,
        Func<ReadOnlyMemory<byte>, string?> readDestType,
        ProtocolResponses.BodyHandler handle
    )
    {
        using RequestBody body = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
        if (RudderTransformerProtocol.IsCleverTap(readDestType(body.Json)))
        {
            await context.RespondAsync(body.Json, handle);
        }
        else
        {
            await ForwardAsync(context, body.Json);
        }
    }
}
