using System.Text.Json.Serialization;

namespace CleverTap.Rudder;

/// <summary>The reason why an event was not delivered.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UndeliveredReason>))]
public enum UndeliveredReason
{
    /// <summary>CleverTap refused the account id or passcode, in this upload or an earlier one.</summary>
    Unauthorized,

    /// <summary>CleverTap rejected the whole upload for a reason that is not one of its records.</summary>
    BadRequest,

    /// <summary>CleverTap was overloaded or had an internal error.</summary>
    Unavailable,

    /// <summary>CleverTap's response could not be read; the event may have been stored.</summary>
    Unreadable,

    /// <summary>CleverTap did not respond; the event may have been stored.</summary>
    NoResponse,

    /// <summary>CleverTap could not be reached.</summary>
    NotConnected,

    /// <summary>The call was cancelled; events in flight may have been stored.</summary>
    Cancelled,

    /// <summary>The deadline of the call had passed; the event was not sent.</summary>
    Deadline,

    /// <summary>An earlier event of the user was not delivered; this event was not sent, to preserve the order.</summary>
    SkippedToPreserveOrder,

    /// <summary>The background queue was full.</summary>
    QueueFull,

    /// <summary>The host stopped before the background queue was empty; events in flight may have been stored.</summary>
    Stopped,
}
