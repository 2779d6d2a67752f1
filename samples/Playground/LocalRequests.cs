using System.Net;

namespace Playground;

/// <summary>Rejects requests that do not come from the Playground's own page or from a tool on this machine.</summary>
/// <remarks>
/// The page has no authentication. Without this check, another site in the same browser could send events (cross-site requests), or read
/// the stored data under its own host name (DNS rebinding).
/// </remarks>
internal static class LocalRequests
{
    private const string FetchSite = "Sec-Fetch-Site";

    public static void UseLocalRequestsOnly(this WebApplication app) =>
        app.Use(
            async (context, next) =>
            {
                if (GetRejectionReason(context.Request) is not { } reason)
                {
                    await next(context);
                    return;
                }

                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                await context.Response.WriteAsync(reason, context.RequestAborted);
            }
        );

    /// <summary>Gets the reason for rejecting a request, or null if it is accepted.</summary>
    public static string? GetRejectionReason(HttpRequest request)
    {
        if (!IsLoopback(request.Host.Host))
        {
            return "The Playground responds only under localhost, 127.0.0.1 and [::1]: open it under one of these names.";
        }

        bool isSafe = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        return isSafe || (IsSameOrigin(request) && IsSameSite(request))
            ? null
            : "The Playground accepts only requests of its own page, and of tools that send no Origin.";
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
