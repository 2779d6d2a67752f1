using CleverTap.Rudder;
using Microsoft.Extensions.Options;

namespace Webhook;

/// <summary>Takes what RudderStack's webhook destination and the clients of its HTTP API send: an event, an array, or a batch.</summary>
internal sealed partial class Receiver(ICleverTapQueue queue, BodyLimit limit, IOptions<CleverTapOptions> options, ILogger<Receiver> logger)
{
    /// <summary>Responds once the events are on disk. RudderStack drops what it gets 400 for, and tries again after 5xx.</summary>
    public async Task<IResult> ReceiveAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            ReadOnlyMemory<byte> body = await RequestBody.ReadAsync(request, limit.MaxBytes, cancellationToken);
            return await ReceiveAsync(RudderEvent.ReadBatch(body), cancellationToken);
        }
        catch (BadHttpRequestException exception)
        {
            LogUnreadable(exception.StatusCode, exception.Message);
            return Results.Problem(exception.Message, statusCode: exception.StatusCode);
        }
        catch (SqliteOutboxException exception)
        {
            LogNotTaken(exception.Fault);
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    private async Task<IResult> ReceiveAsync(IReadOnlyList<BatchElement> elements, CancellationToken cancellationToken)
    {
        // All are handed over before the first is awaited: the outbox writes them together, in this order.
        IEnumerable<RudderEvent> events = elements.Select(element => element.Event).OfType<RudderEvent>();
        Task<bool>[] enqueued = [.. events.Select(rudderEvent => queue.EnqueueAsync(rudderEvent, cancellationToken).AsTask())];
        bool[] taken = await Task.WhenAll(enqueued);

        RefusedEvent[] refused =
        [
            .. elements
                .Where(element => element.Error is { } error && options.Value.Mapping.FilterReasonFor(error) is null)
                .Select(element => RefusedEvent.From(element.Index, element.Error!)),
        ];
        int ignored = elements.Count - taken.Length - refused.Length;
        if (refused is [var first, ..])
        {
            LogRefused(refused.Length, elements.Count, first.Index, first.Code, first.Field, first.Expected);
        }

        return refused.Length > 0 && refused.Length == elements.Count
            ? NoEvent(refused)
            : Results.Ok(new ReceiveResponse(taken.Count(isTaken => isTaken), ignored, refused));
    }

    /// <summary>Nothing of the request is an event. The first element says why, as one event sent alone is the usual request.</summary>
    private static IResult NoEvent(RefusedEvent[] refused) => Results.Problem(
        refused[0].Message,
        statusCode: StatusCodes.Status400BadRequest,
        extensions: new Dictionary<string, object?>
        {
            ["code"] = refused[0].Code,
            ["field"] = refused[0].Field,
            ["expected"] = refused[0].Expected,
            ["messageId"] = refused[0].MessageId,
            ["refused"] = refused,
        });

    [LoggerMessage(LogLevel.Warning, "{Count} of {Total} events were refused, first {Index}: {Code} in {Field}, expected {Expected}")]
    private partial void LogRefused(int count, int total, int index, string code, string field, string expected);

    [LoggerMessage(LogLevel.Warning, "A request was refused with {Status}: {Reason}")]
    private partial void LogUnreadable(int status, string reason);

    [LoggerMessage(LogLevel.Error, "Events were not taken: the outbox says {Fault}")]
    private partial void LogNotTaken(OutboxFault fault);
}
