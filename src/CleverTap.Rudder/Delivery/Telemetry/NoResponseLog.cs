using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>
/// Logs the events of <see cref="DeliveryLog"/> for calls that got no response, with the same event ids but without an HTTP status.
/// </summary>
internal static partial class NoResponseLog
{
    [LoggerMessage(
        1,
        LogLevel.Debug,
        "CleverTap destination '{Destination}': {Records} records uploaded in {Milliseconds} ms: {Status}",
        EventName = nameof(DeliveryLog.Uploaded)
    )]
    public static partial void UploadedWithoutResponse(
        this ILogger logger,
        string destination,
        int records,
        long milliseconds,
        ResponseStatus status
    );

    [LoggerMessage(
        2,
        LogLevel.Warning,
        "CleverTap destination '{Destination}': upload of {Records} records failed ({Status}); the next attempt follows in {Delay}",
        EventName = nameof(DeliveryLog.Retrying)
    )]
    public static partial void RetryingWithoutResponse(
        this ILogger logger,
        string destination,
        int records,
        ResponseStatus status,
        TimeSpan delay
    );

    [LoggerMessage(
        8,
        LogLevel.Warning,
        "CleverTap destination '{Destination}': the account id and passcode could not be checked ({Status}); "
            + "the next attempt follows in {Delay}",
        EventName = nameof(DeliveryLog.CredentialsNotChecked)
    )]
    public static partial void CredentialsNotCheckedWithoutResponse(
        this ILogger logger,
        string destination,
        ResponseStatus status,
        TimeSpan delay
    );
}
