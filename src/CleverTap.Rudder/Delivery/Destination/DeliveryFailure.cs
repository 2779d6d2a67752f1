namespace CleverTap.Rudder;

/// <summary>Why events do not get through.</summary>
internal sealed record DeliveryFailure(UndeliveredReason Reason, string Message, int? HttpStatus = null)
{
    public static readonly DeliveryFailure Cancelled = new(UndeliveredReason.Cancelled, "The call was cancelled");

    public static readonly DeliveryFailure Deadline = new(UndeliveredReason.Deadline, "The deadline had passed");

    public static readonly DeliveryFailure HeldBack = new(UndeliveredReason.HeldBack, "An earlier event of the user did not get through");

    /// <summary>Whether another upload would fare no better.</summary>
    public bool EndsLane => Reason is not (UndeliveredReason.NoAnswer or UndeliveredReason.Unreadable or UndeliveredReason.Unavailable);

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
