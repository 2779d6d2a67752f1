using CleverTap.Rudder;
using CleverTap.Rudder.Testing;

namespace Playground;

/// <summary>What the sample's host is made of.</summary>
internal static class PlaygroundHosting
{
    /// <summary>
    /// A destination as any host has one, but for its numbers: uploads are small, so that a few hundred events show batches
    /// and uploads side by side, and tries are many and quick, so that somebody who watches sees everything arrive.
    /// </summary>
    public static void AddPlaygroundDestination(this IServiceCollection services, CleverTapEmulator emulator) =>
        services.AddCleverTapDestination(options =>
        {
            options.AccountId = emulator.AccountId;
            options.Passcode = emulator.Passcode;
            options.Endpoint = emulator.Endpoint;

            // The page counts requests, and shows those of uploads only.
            options.CredentialsCheck = CredentialsCheckMode.Off;
            options.MaxBatchRecords = 10;
            options.MaxInFlight = 6;
            options.MaxAttempts = 1000;
            options.RetryBaseDelay = TimeSpan.FromMilliseconds(10);
            options.RetryMaxDelay = TimeSpan.FromMilliseconds(100);
        });

    /// <summary>Retries and rejections are shown on the page; the console is for what nobody expects.</summary>
    public static void LogUnexpectedOnly(this ILoggingBuilder logging) =>
        logging
            .SetMinimumLevel(LogLevel.Warning)
            .AddFilter("CleverTap.Rudder", LogLevel.Error)
            .AddFilter("System.Net.Http", LogLevel.Error)
            .AddFilter("Microsoft.AspNetCore", LogLevel.Error)
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);

    /// <summary>The page loads what this host serves and nothing else, and may not be framed.</summary>
    public static void UsePageHeaders(this WebApplication app) =>
        app.Use(
            (context, next) =>
            {
                IHeaderDictionary headers = context.Response.Headers;
                headers.ContentSecurityPolicy =
                    "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "no-referrer";
                headers.CacheControl = "no-cache";
                return next(context);
            }
        );
}
