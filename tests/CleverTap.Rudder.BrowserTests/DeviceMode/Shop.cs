using System.Net;
using CleverTap.Rudder.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.BrowserTests.DeviceMode;

/// <summary>
/// A site on a loopback port with one Razor page, a strict Content-Security-Policy and its own copy of CleverTap's web SDK.
/// </summary>
internal sealed class Shop : IAsyncDisposable
{
    public const string Account = "TEST-ACCOUNT";
    public const string Passcode = "OPEN-SESAME";

    private readonly WebApplication app;

    private Shop(WebApplication app) => this.app = app;

    public string Address => app.Urls.Single() + "/Shop";

    /// <param name="render">Called while the page is rendered.</param>
    /// <param name="sdk">The script of the SDK.</param>
    public static async Task<Shop> StartAsync(Action<ICleverTapPage> render, byte[] sdk)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { ApplicationName = typeof(Shop).Assembly.GetName().Name }
        );
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0));
        builder.Services.AddCleverTapDestination(destination =>
        {
            destination.AccountId = Account;
            destination.Passcode = Passcode;
            destination.Region = "in1";
            destination.Mapping = MappingOptions.Default with { NativeSdk = NativeSdkPlatforms.Web };
        });
        builder.Services.AddCleverTapWeb(web => web.SdkAddress = "/clevertap.min.js");
        builder.Services.AddScoped(provider => new ShopEvents(provider.GetRequiredService<ICleverTapPage>(), render));
        builder.Services.AddRazorPages(pages => pages.RootDirectory = "/DeviceMode/Pages");

        WebApplication app = builder.Build();
        app.Use(
            (context, next) =>
            {
                context.Response.Headers.ContentSecurityPolicy = $"script-src 'nonce-{ShopEvents.Nonce}' https://*.clevertap-prod.com";
                return next();
            }
        );
        app.MapRazorPages();
        app.MapGet("/clevertap.min.js", () => Results.Bytes(sdk, "text/javascript"));
        await app.StartAsync();
        return new Shop(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
