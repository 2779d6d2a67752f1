using System.Net;

namespace Playground;

/// <summary>
/// Answers this machine's own pages and tools only. The page has no authentication: another site in the same browser could otherwise
/// send events (cross-site requests), or read what is stored under a name of its own that leads here (DNS rebinding).
/// </summary>
internal static class LocalRequests
{
    private const string FetchSite = "Sec-Fetch-Site";

    public static void UseLocalRequestsOnly(this WebApplication app) =>
        app.Use(
            async (context, next) =>
            {
                if (GetRejectionReason(context.Request) is not { } fault)
                {
                    await next(context);
                    return;
                }

                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                await context.Response.WriteAsync(fault, context.RequestAborted);
            }
        );

    /// <summary>Why a request is rejected; null if it is not.</summary>
    public static string? GetRejectionReason(HttpRequest request)
    {
        if (!IsLoopback(request.Host.Host))
        {
            return "The Playground answers under localhost, 127.0.0.1 and [::1] only: open it under one of these names.";
        }

        bool isSafe = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        return isSafe || (IsSameOrigin(request) && IsSameSite(request))
            ? null
            : "The Playground takes requests of its own page only, and of tools that send no Origin.";
    }

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));

    private static bool IsSameOrigin(HttpRequest request)
    {
        string origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsSameSite(HttpRequest request) => request.Headers[FetchSite].ToString() is "" or "none" or "same-origin";
}
