using System.Text.Json;
using CleverTap.Rudder.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Internal.AspNetCore.Endpoints;

/// <summary>Handles the requests of RudderStack's webhook destination, of clients of its HTTP API and of a host's own services.</summary>
internal sealed class EventsEndpoint(EventReceiver receiver, RudderEventsOptions options, ILogger<EventReceiver> logger)
{
    /// <summary>The maximum number of errors in a response, because a body may contain tens of thousands.</summary>
    private const int MaxErrors = 100;

    private readonly SecretSet? secrets = options.Secret is { } secret ? new SecretSet([secret]) : null;

    public async Task HandleAsync(HttpContext context)
    {
        if (secrets?.Contains(context.Request.Headers[options.SecretHeader].ToString()) == false)
        {
            logger.Unauthorized(options.SecretHeader);
            await RespondAsync(context, StatusCodes.Status401Unauthorized, WriteUnauthorized).ConfigureAwait(false);
            return;
        }

        ReceiveResult result = await receiver.ReceiveAsync(context).ConfigureAwait(false);
        if (result.Status is ReceiveStatus.QueueFull or ReceiveStatus.QueueFailed or ReceiveStatus.Stopping)
        {
            context.Response.Headers.RetryAfter = options.RetryAfterSeconds;
        }

        await RespondAsync(context, ToStatusCode(result), writer => Write(writer, result)).ConfigureAwait(false);
    }

    private static int ToStatusCode(ReceiveResult result) =>
        result.Status switch
        {
            ReceiveStatus.Done when result.HasOnlyInvalidElements => StatusCodes.Status400BadRequest,
            ReceiveStatus.Done when result.Invalid.Count > 0 => StatusCodes.Status207MultiStatus,
            ReceiveStatus.Done => StatusCodes.Status202Accepted,
            ReceiveStatus.Unreadable => result.UnreadableStatus,
            _ => StatusCodes.Status503ServiceUnavailable,
        };

    private static async Task RespondAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        using (var writer = new Utf8JsonWriter(context.Response.BodyWriter))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    private static void WriteUnauthorized(Utf8JsonWriter writer) => writer.WriteString("error", "The secret is missing or wrong");

    private static void Write(Utf8JsonWriter writer, ReceiveResult result)
    {
        if (result.Error is { } error)
        {
            writer.WriteString("error", error);
        }

        writer.WriteNumber("taken", result.Taken);
        writer.WriteNumber("ignored", result.Ignored);
        writer.WriteNumber("invalid", result.Invalid.Count);
        writer.WriteStartArray("errors");
        foreach (BatchElement element in result.Invalid.Take(MaxErrors))
        {
            Write(writer, element.Index, element.Error!);
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, int index, EventError error)
    {
        writer.WriteStartObject();
        writer.WriteNumber("index", index);
        writer.WriteString("code", error.Code.ToString());
        writer.WriteString("field", error.Field);
        writer.WriteString("message", error.Message);
        writer.WriteString("expected", error.Expected);
        writer.WriteString("messageId", error.MessageId);
        writer.WriteEndObject();
    }
}
