namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>The reason why events are not delivered.</summary>
internal sealed record DeliveryFailure(UndeliveredReason Reason, string Message, int? HttpStatus = null)
{
    public static readonly DeliveryFailure Cancelled = new(UndeliveredReason.Cancelled, "The call was cancelled");

    public static readonly DeliveryFailure Deadline = new(UndeliveredReason.Deadline, "The deadline had passed");

    public static readonly DeliveryFailure SkippedToPreserveOrder = new(
        UndeliveredReason.SkippedToPreserveOrder,
        "An earlier event of the user was not delivered"
    );

    public static readonly DeliveryFailure Stopped = new(
        UndeliveredReason.Stopped,
        "The host stopped before the event was delivered; if it was in flight then, it may have been stored"
    );

    public static readonly DeliveryFailure InternalError = new(
        UndeliveredReason.Unreadable,
        "The response could not be handled because of an internal error, which the log contains; the event may have been stored"
    );

    /// <summary>Whether CleverTap may have stored the records.</summary>
    public bool IsLostResponse => Reason is UndeliveredReason.NoResponse or UndeliveredReason.Unreadable;

    /// <summary>Whether the reason applies to every event, sent or not.</summary>
    public bool EndsAll =>
        Reason
            is UndeliveredReason.Cancelled
                or UndeliveredReason.Unauthorized
                or UndeliveredReason.BadRequest
                or UndeliveredReason.Stopped;

    public static DeliveryFailure From(CleverTapResponse result) =>
        new(
            result.Status switch
            {
                ResponseStatus.Unauthorized => UndeliveredReason.Unauthorized,
                ResponseStatus.BadRequest => UndeliveredReason.BadRequest,
                ResponseStatus.Unavailable => UndeliveredReason.Unavailable,
                ResponseStatus.NoResponse => UndeliveredReason.NoResponse,
                ResponseStatus.NotConnected => UndeliveredReason.NotConnected,
                _ => UndeliveredReason.Unreadable,
            },
            result.Error ?? (result.HttpStatus is { } status ? $"CleverTap responded with {status}" : "CleverTap did not respond"),
            result.HttpStatus
        );
}
