using System.Text.Json.Serialization;

namespace CleverTap.Rudder;

/// <summary>Why an event did not get through.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UndeliveredReason>))]
public enum UndeliveredReason
{
    /// <summary>CleverTap refused the account id or passcode, in this upload or one before it.</summary>
    Unauthorized,

    /// <summary>CleverTap rejected the upload as a whole, and not for one of its records.</summary>
    BadRequest,

    /// <summary>CleverTap was overloaded or broken.</summary>
    Unavailable,

    /// <summary>CleverTap's response could not be read; the event may have been stored.</summary>
    Unreadable,

    /// <summary>CleverTap gave no response; the event may have been stored.</summary>
    NoResponse,

    /// <summary>CleverTap could not be reached.</summary>
    NotConnected,

    /// <summary>The call was cancelled; what was under way may have been stored.</summary>
    Cancelled,

    /// <summary>The deadline had passed; the event was not sent.</summary>
    Deadline,

    /// <summary>An earlier event of the user did not get through; so that it is not overtaken, this one was not sent.</summary>
    SkippedToPreserveOrder,

    /// <summary>The background queue was full.</summary>
    QueueFull,

    /// <summary>The host stopped before the background queue was empty.</summary>
    Stopped,
}
