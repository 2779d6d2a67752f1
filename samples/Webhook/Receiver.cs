using CleverTap.Rudder;
using Microsoft.Extensions.Options;

namespace Webhook;

/// <summary>One event a request, as RudderStack's webhook destination sends them.</summary>
internal sealed partial class Receiver(ICleverTapQueue queue, IOptions<CleverTapOptions> options, ILogger<Receiver> logger)
{
    /// <summary>
    /// Answers once the event is on disk, or known not to be for CleverTap. RudderStack drops what it gets 400 for, and tries again
    /// after 5xx.
    /// </summary>
    public async Task<IResult> ReceiveAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        if (!RudderEvent.TryRead(body.ToArray(), out RudderEvent? rudderEvent, out EventError? error))
        {
            if (options.Value.Mapping.FilterReasonFor(error) is { } reason)
            {
                LogFiltered(reason);
                return Results.Ok();
            }

            LogRefused(error.Code, error.Field, error.Expected);
            return Results.Problem(error.Message, statusCode: StatusCodes.Status400BadRequest, extensions: new Dictionary<string, object?>
            {
                ["code"] = error.Code.ToString(),
                ["field"] = error.Field,
                ["expected"] = error.Expected,
                ["messageId"] = error.MessageId,
            });
        }

        try
        {
            await queue.EnqueueAsync(rudderEvent, cancellationToken);
            return Results.Ok();
        }
        catch (SqliteOutboxException exception)
        {
            LogNotTaken(exception.Fault);
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    [LoggerMessage(LogLevel.Debug, "An event was filtered: {Reason}")]
    private partial void LogFiltered(FilterReason reason);

    [LoggerMessage(LogLevel.Warning, "An event was refused: {Code} in {Field}, expected {Expected}")]
    private partial void LogRefused(EventErrorCode code, string field, string expected);

    [LoggerMessage(LogLevel.Error, "An event was not taken: the outbox says {Fault}")]
    private partial void LogNotTaken(OutboxFault fault);
}
