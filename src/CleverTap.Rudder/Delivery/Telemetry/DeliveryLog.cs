using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>The log messages of destinations and queues. Event ids are stable.</summary>
/// <remarks>
/// Logs never contain credentials, CleverTap's error texts or event values; the message id is the only event data logged.
/// </remarks>
internal static partial class DeliveryLog
{
    [LoggerMessage(
        1,
        LogLevel.Debug,
        "CleverTap destination '{Destination}': {Records} records uploaded in {Milliseconds} ms: "
            + "{Status} (HTTP {HttpStatus}), {Rejected} rejected"
    )]
    public static partial void Uploaded(
        this ILogger logger,
        string destination,
        int records,
        long milliseconds,
        ResponseStatus status,
        int? httpStatus,
        int rejected
    );

    [LoggerMessage(
        2,
        LogLevel.Warning,
        "CleverTap destination '{Destination}': upload of {Records} records failed ({Status}, HTTP {HttpStatus}); "
            + "the next attempt follows in {Delay}"
    )]
    public static partial void Retrying(
        this ILogger logger,
        string destination,
        int records,
        ResponseStatus status,
        int? httpStatus,
        TimeSpan delay
    );

    [LoggerMessage(
        3,
        LogLevel.Error,
        "CleverTap destination '{Destination}': CleverTap refuses the account id or passcode (HTTP {HttpStatus}); check them and the region"
    )]
    public static partial void Unauthorized(this ILogger logger, string destination, int? httpStatus);

    [LoggerMessage(4, LogLevel.Warning, "CleverTap destination '{Destination}': {Events} events are undelivered: {Reason}")]
    public static partial void Undelivered(this ILogger logger, string destination, int events, UndeliveredReason reason);

    [LoggerMessage(5, LogLevel.Warning, "CleverTap destination '{Destination}': CleverTap rejected {Events} events with code {Code}")]
    public static partial void Rejected(this ILogger logger, string destination, int events, int code);

    [LoggerMessage(6, LogLevel.Warning, "CleverTap destination '{Destination}': {Events} events are invalid: {Code}")]
    public static partial void Invalid(this ILogger logger, string destination, int events, EventErrorCode code);

    [LoggerMessage(7, LogLevel.Information, "CleverTap destination '{Destination}': CleverTap accepts the account id and passcode")]
    public static partial void CredentialsAccepted(this ILogger logger, string destination);

    [LoggerMessage(
        8,
        LogLevel.Warning,
        "CleverTap destination '{Destination}': the account id and passcode could not be checked "
            + "({Status}, HTTP {HttpStatus}); the next attempt follows in {Delay}"
    )]
    public static partial void CredentialsNotChecked(
        this ILogger logger,
        string destination,
        ResponseStatus status,
        int? httpStatus,
        TimeSpan delay
    );

    [LoggerMessage(
        9,
        LogLevel.Error,
        "CleverTap destination '{Destination}': the end of an upload of {Records} records could not be handled because of {Exception} "
            + "and its events are undelivered; report this error with its stack trace: {StackTrace}"
    )]
    public static partial void UploadFailed(this ILogger logger, string destination, int records, Type exception, string? stackTrace);

    [LoggerMessage(
        10,
        LogLevel.Error,
        "CleverTap destination '{Destination}': nothing is sent, because the options are not valid: {Errors}"
    )]
    public static partial void OptionsInvalid(this ILogger logger, string destination, string errors);

    [LoggerMessage(21, LogLevel.Error, "CleverTap queue '{Destination}': the queue is full; an event was dropped")]
    public static partial void Dropped(this ILogger logger, string destination);

    [LoggerMessage(
        22,
        LogLevel.Warning,
        "CleverTap queue '{Destination}': {Handler} failed with {Exception} and is called again; "
            + "further failures until it succeeds are counted only"
    )]
    public static partial void OutcomeHandlerFailed(this ILogger logger, string destination, string handler, Type exception);

    [LoggerMessage(
        26,
        LogLevel.Error,
        "CleverTap queue '{Destination}': {Handler} did not handle the event with message id {MessageId} "
            + "({Attempts} attempts, the last failed with {Exception}); it is not called again for it"
    )]
    public static partial void OutcomeHandlerGaveUp(
        this ILogger logger,
        string destination,
        string handler,
        string? messageId,
        int attempts,
        Type exception
    );

    [LoggerMessage(
        25,
        LogLevel.Warning,
        "CleverTap queue '{Destination}': the host's shutdown time has elapsed; the queue does not wait for outcome handlers any longer"
    )]
    public static partial void OutcomeHandlersAbandoned(this ILogger logger, string destination);

    [LoggerMessage(23, LogLevel.Error, "CleverTap queue '{Destination}': the worker failed with {Exception} and continues in {Delay}")]
    public static partial void WorkerFailed(this ILogger logger, string destination, Type exception, TimeSpan delay);

    [LoggerMessage(24, LogLevel.Information, "CleverTap queue '{Destination}': stopped; {Events} events are {State}")]
    public static partial void Stopped(this ILogger logger, string destination, int events, string state);
}
