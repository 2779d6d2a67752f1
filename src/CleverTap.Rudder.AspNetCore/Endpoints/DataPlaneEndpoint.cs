using System.Net.Http.Headers;
using System.Text;
using CleverTap.Rudder.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Internal.AspNetCore.Endpoints;

/// <summary>Handles the requests that RudderStack's SDKs send to a data plane, with the responses of a data plane.</summary>
internal sealed class DataPlaneEndpoint(
    EventReceiver receiver,
    IEnumerable<string> writeKeys,
    RudderEndpointOptions options,
    ILogger<EventReceiver> logger
)
{
    private readonly SecretSet secrets = new(writeKeys);

    /// <summary>Handles a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="type">The type of an event of this route that has no type; null if events must have one.</param>
    public async Task HandleAsync(HttpContext context, string? type)
    {
        if (ReadWriteKey(context.Request) is not { } writeKey || !secrets.Contains(writeKey))
        {
            logger.Unauthorized("write key");
            context.Response.Headers.WWWAuthenticate = "Basic";
            await RespondAsync(context, StatusCodes.Status401Unauthorized, "The write key is missing or wrong").ConfigureAwait(false);
            return;
        }

        ReceiveResult result = await receiver.ReceiveAsync(context, type).ConfigureAwait(false);
        if (result.Status is ReceiveStatus.QueueFull or ReceiveStatus.QueueFailed or ReceiveStatus.Stopping)
        {
            context.Response.Headers.RetryAfter = options.RetryAfterSeconds;
        }

        (int status, string text) = ToResponse(result);
        await RespondAsync(context, status, text).ConfigureAwait(false);
    }

    /// <summary>Invalid events beside valid ones are only logged, because an SDK cannot correct an event.</summary>
    private static (int Status, string Text) ToResponse(ReceiveResult result) =>
        result.Status switch
        {
            ReceiveStatus.Done when result.HasOnlyInvalidElements => (StatusCodes.Status400BadRequest, result.Invalid[0].Error!.Message),
            ReceiveStatus.Done => (StatusCodes.Status200OK, "OK"),
            ReceiveStatus.Unreadable => (result.UnreadableStatus, result.Error!),
            ReceiveStatus.QueueFull => (StatusCodes.Status429TooManyRequests, result.Error!),
            _ => (StatusCodes.Status503ServiceUnavailable, result.Error!),
        };

    /// <summary>Reads the user name of Basic authentication, or null if there is none. SDKs leave the password empty.</summary>
    private static string? ReadWriteKey(HttpRequest request)
    {
        if (
            !AuthenticationHeaderValue.TryParse(request.Headers.Authorization.ToString(), out AuthenticationHeaderValue? header)
            || !"Basic".Equals(header.Scheme, StringComparison.OrdinalIgnoreCase)
            || header.Parameter is not { } parameter
        )
        {
            return null;
        }

        byte[] credentials = new byte[parameter.Length];
        return Convert.TryFromBase64String(parameter, credentials, out int length)
            ? Encoding.UTF8.GetString(credentials, 0, length).Split(':')[0]
            : null;
    }

    private static Task RespondAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
