using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace CleverTap.Rudder.Testing;

/// <summary>Puts the API on a port of 127.0.0.1. It reads no configuration, no environment, and logs nothing.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private const long MaxBodyBytes = 16 * 1024 * 1024;
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(1);

    private readonly WebApplication app;
    private int disposed;

    private LoopbackServer(WebApplication app) => this.app = app;

    public required Uri Endpoint { get; init; }

    public static async Task<LoopbackServer> StartAsync(EmulatorApi api, int port, CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddSingleton<IHostLifetime, GuestLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);

        WebApplication app = builder.Build();
        app.Run(context => AnswerAsync(context, api));
        try
        {
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
            return new LoopbackServer(app) { Endpoint = new Uri(app.Urls.First()) };
        }
        catch
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1) return;
        await app.StopAsync().ConfigureAwait(false);
        await app.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task AnswerAsync(HttpContext context, EmulatorApi api)
    {
        EmulatorRequest request = new(context.Request.Method, context.Request.Path.Value ?? "")
        {
            AccountId = context.Request.Headers["X-CleverTap-Account-Id"],
            Passcode = context.Request.Headers["X-CleverTap-Passcode"],
            ContentType = context.Request.ContentType,
            IsDryRun = context.Request.Query["dryRun"] == "1",
        };
        EmulatorAnswer answer;
        try
        {
            answer = api.Answer(request with { Body = await ReadBodyAsync(context).ConfigureAwait(false) });
        }
        catch (BadHttpRequestException exception)
        {
            answer = api.Refuse(request, exception.StatusCode);
        }

        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = EmulatorAnswer.ContentType;
        context.Response.ContentLength = answer.Body.Length;
        if (answer.Allow is not null) context.Response.Headers.Allow = answer.Allow;
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpContext context)
    {
        var body = new MemoryStream((int)Math.Min(context.Request.ContentLength ?? 0, MaxBodyBytes));
        await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }
}
