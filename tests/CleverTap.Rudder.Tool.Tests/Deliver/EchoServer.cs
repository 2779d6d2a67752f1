using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Tests.Tool.Deliver;

/// <summary>A server that rejects every upload and echoes the passcode, as a badly configured gateway may.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private EchoServer(WebApplication app) => this.app = app;

    public string Address => app.Urls.Single();

    public static EchoServer Start()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(context =>
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            string passcode = context.Request.Headers["X-CleverTap-Passcode"].ToString();
            return context.Response.WriteAsync($"{{\"status\":\"fail\",\"error\":\"no account for {passcode}\",\"code\":401}}");
        });
        app.Start();
        return new EchoServer(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
