using CleverTap.Rudder;
using CleverTap.Rudder.Testing;

namespace Playground;

/// <summary>Configures the services, logs and headers of the host.</summary>
internal static class PlaygroundHosting
{
    /// <summary>Adds a destination that delivers to the emulator.</summary>
    /// <remarks>
    /// Uploads are small, so that a few hundred events show batches and concurrent uploads. Retries are many and fast, so that everything
    /// is delivered while the user watches.
    /// </remarks>
    public static void AddPlaygroundDestination(this IServiceCollection services, CleverTapEmulator emulator) =>
        services.AddCleverTapDestination(options =>
        {
            options.AccountId = emulator.AccountId;
            options.Passcode = emulator.Passcode;
            options.Endpoint = emulator.Endpoint;

            // The page counts only the requests of uploads.
            options.CredentialsCheck = CredentialsCheckMode.Off;
            options.MaxBatchRecords = 10;
            options.MaxInFlight = 6;
            options.MaxAttempts = 1000;
            options.RetryBaseDelay = TimeSpan.FromMilliseconds(10);
            options.RetryMaxDelay = TimeSpan.FromMilliseconds(100);
        });

    /// <summary>Logs only errors to the console, because the page shows retries and rejections.</summary>
    public static void LogErrorsOnly(this ILoggingBuilder logging) =>
        logging
            .SetMinimumLevel(LogLevel.Warning)
            .AddFilter("CleverTap.Rudder", LogLevel.Error)
            .AddFilter("System.Net.Http", LogLevel.Error)
            .AddFilter("Microsoft.AspNetCore", LogLevel.Error)
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);

    /// <summary>Sets headers so that the page loads only from this host and cannot be framed.</summary>
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
