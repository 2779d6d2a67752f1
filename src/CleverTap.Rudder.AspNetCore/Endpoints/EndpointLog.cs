using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Internal.AspNetCore.Endpoints;

/// <summary>The log messages of the endpoints: counts, codes and field names, never a value of an event.</summary>
internal static partial class EndpointLog
{
    [LoggerMessage(50, LogLevel.Warning, "{Count} of {Total} events are invalid, first {Index}: {Code} in {Field}, expected {Expected}")]
    public static partial void EventsInvalid(
        this ILogger logger,
        int count,
        int total,
        int index,
        EventErrorCode code,
        string field,
        string expected
    );

    [LoggerMessage(51, LogLevel.Warning, "A request was rejected with {Status}: {Reason}")]
    public static partial void BodyRejected(this ILogger logger, int status, string reason);

    [LoggerMessage(52, LogLevel.Warning, "A request was refused with 401: it has no valid {Credential}")]
    public static partial void Unauthorized(this ILogger logger, string credential);

    [LoggerMessage(53, LogLevel.Warning, "Only the first {Taken} events of a request were queued ({Status}); the sender should retry")]
    public static partial void BatchNotTaken(this ILogger logger, int taken, ReceiveStatus status);

    [LoggerMessage(54, LogLevel.Error, "The queue failed to take an event")]
    public static partial void QueueFailed(this ILogger logger, Exception exception);

    [LoggerMessage(
        55,
        LogLevel.Warning,
        "MapRudderEvents {Pattern} accepts events from every sender: set the option Secret, or require authorization for the endpoint"
    )]
    public static partial void NoSecret(this ILogger logger, string pattern);
}
