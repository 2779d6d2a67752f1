namespace CleverTap.Rudder;

/// <summary>Why events do not get through.</summary>
internal sealed record DeliveryFailure(UndeliveredReason Reason, string Message, int? HttpStatus = null)
{
    public static readonly DeliveryFailure Cancelled = new(UndeliveredReason.Cancelled, "The call was cancelled");

    public static DeliveryFailure Of(CleverTapAnswer result) => new(
        result.Status switch
        {
            AnswerStatus.Unauthorized => UndeliveredReason.Unauthorized,
            AnswerStatus.BadRequest => UndeliveredReason.BadRequest,
            AnswerStatus.Unavailable => UndeliveredReason.Unavailable,
            AnswerStatus.NoAnswer => UndeliveredReason.NoAnswer,
            AnswerStatus.NotConnected => UndeliveredReason.NotConnected,
            _ => UndeliveredReason.Unreadable,
        },
        result.Error ?? (result.HttpStatus is { } status ? $"CleverTap answered {status}" : "CleverTap did not answer"),
        result.HttpStatus);
}
