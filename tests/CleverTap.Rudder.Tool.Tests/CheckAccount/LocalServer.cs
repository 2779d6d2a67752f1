using System.Net;
using System.Text;
using CleverTap.Rudder.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CleverTap.Rudder.Tests.Tool.CheckAccount;

/// <summary>An HTTP server on a loopback port that responds as a test wants, and records what it was asked.</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly List<string> requests = [];

    private LocalServer(WebApplication app) => this.app = app;

    public Uri Endpoint => new(app.Urls.First());

    /// <summary>Gets the method, path and query of each request.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (requests)
            {
                return [.. requests];
            }
        }
    }

    public static async Task<LocalServer> StartAsync(RequestDelegate handle)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication app = builder.Build();
        var server = new LocalServer(app);
        app.Run(context =>
        {
            lock (server.requests)
            {
                server.requests.Add($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
            }

            return handle(context);
        });
        await app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    /// <summary>Responds to everything with one status and body.</summary>
    public static RequestDelegate Always(int status, string body) =>
        async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            context.Response.StatusCode = status;
            await context.Response.WriteAsync(body);
        };

    /// <summary>Responds as an emulator.</summary>
    /// <param name="emulator">The emulator.</param>
    /// <param name="honoursDryRun">Whether a dry run stores nothing.</param>
    public static RequestDelegate Emulating(CleverTapEmulator emulator, bool honoursDryRun = true)
    {
        var invoker = new HttpMessageInvoker(emulator.CreateHandler());
        return async context =>
        {
            using HttpRequestMessage request = await CopyAsync(context.Request, honoursDryRun);
            using HttpResponseMessage response = await invoker.SendAsync(request, CancellationToken.None);
            context.Response.StatusCode = (int)response.StatusCode;
            await response.Content.CopyToAsync(context.Response.Body);
        };
    }

    private static async Task<HttpRequestMessage> CopyAsync(HttpRequest request, bool honoursDryRun)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        string query = request.QueryString.Value!;
        string honoured = honoursDryRun ? query : query.Replace("dryRun=1", "", StringComparison.Ordinal);
        var copy = new HttpRequestMessage(HttpMethod.Parse(request.Method), $"http://emulator{request.Path}{honoured}")
        {
            Content = new StringContent(await reader.ReadToEndAsync()),
        };
        copy.Content.Headers.Remove("Content-Type");
        copy.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        foreach (string header in (string[])["X-CleverTap-Account-Id", "X-CleverTap-Passcode"])
        {
            copy.Headers.TryAddWithoutValidation(header, request.Headers[header].ToString());
        }

        return copy;
    }
}
