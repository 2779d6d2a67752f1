using System.Net;
using System.Net.Sockets;
using CleverTap.Rudder.Internal.Testing.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace CleverTap.Rudder.Internal.Testing.Hosting;

/// <summary>Serves the API on a port. It reads no configuration and no environment variables, and logs nothing.</summary>
internal sealed class EmulatorServer : IAsyncDisposable
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(1);

    private readonly WebApplication app;
    private int disposed;

    private EmulatorServer(WebApplication app) => this.app = app;

    public required Uri Endpoint { get; init; }

    public static async Task<EmulatorServer> StartAsync(RequestPipeline pipeline, IPEndPoint address, CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Limits.MaxRequestBodySize = EmulatorBody.MaxBytes;
                kestrel.Listen(address, listen => listen.Protocols = HttpProtocols.Http1);
            });
        builder.Services.AddSingleton<IHostLifetime, EmbeddedHostLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);

        WebApplication app = builder.Build();
        app.Run(context => HandleAsync(context, pipeline));
        try
        {
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
            return new EmulatorServer(app) { Endpoint = CreateEndpoint(address.Address, new Uri(app.Urls.First()).Port) };
        }
        catch (Exception exception)
        {
            await app.DisposeAsync().ConfigureAwait(false);
            if (exception is SocketException)
            {
                // The server itself does so only if the port is in use.
                throw new IOException($"Cannot listen on {address}: {exception.Message}.", exception);
            }

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1)
        {
            return;
        }

        await app.StopAsync().ConfigureAwait(false);
        await app.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task HandleAsync(HttpContext context, RequestPipeline pipeline)
    {
        EmulatorResponse response = await pipeline
            .HandleAsync(ReadHead(context.Request), token => ReadBodyAsync(context.Request, token), context.RequestAborted)
            .ConfigureAwait(false);
        if (response.IsDropped)
        {
            context.Abort();
            return;
        }

        await WriteAsync(context, response).ConfigureAwait(false);
    }

    /// <summary>Returns the address for clients on this machine: the loopback address if the server listens on all addresses.</summary>
    private static Uri CreateEndpoint(IPAddress address, int port)
    {
        if (address.Equals(IPAddress.Any))
        {
            address = IPAddress.Loopback;
        }
        else if (address.Equals(IPAddress.IPv6Any))
        {
            address = IPAddress.IPv6Loopback;
        }

        return new Uri($"http://{new IPEndPoint(address, port)}/");
    }

    private static EmulatorRequest ReadHead(HttpRequest request) =>
        new(request.Method, request.Path.Value ?? "")
        {
            AccountId = request.Headers["X-CleverTap-Account-Id"],
            Passcode = request.Headers["X-CleverTap-Passcode"],
            ContentType = request.ContentType,
            QueryString = request.QueryString.Value ?? "",
        };

    private static async Task WriteAsync(HttpContext context, EmulatorResponse response)
    {
        context.Response.StatusCode = response.Status;
        context.Response.ContentType = EmulatorResponse.ContentType;
        context.Response.ContentLength = response.Body.Length;
        if (response.AllowedMethods is not null)
        {
            context.Response.Headers.Allow = response.AllowedMethods;
        }

        if (response.RetryAfter is not null)
        {
            context.Response.Headers.RetryAfter = response.RetryAfter;
        }

        await context.Response.Body.WriteAsync(response.Body, context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task<EmulatorBody> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var body = new MemoryStream((int)Math.Min(request.ContentLength ?? 0, EmulatorBody.MaxBytes));
            await request.Body.CopyToAsync(body, cancellationToken).ConfigureAwait(false);
            return new EmulatorBody(body.GetBuffer().AsMemory(0, (int)body.Length));
        }
        catch (BadHttpRequestException exception)
        {
            return new EmulatorBody(default, exception.StatusCode);
        }
    }
}
