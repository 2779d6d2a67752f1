using System.Text.Json.Serialization;

namespace CleverTap.Rudder;

/// <summary>The kind of outcome of an event that was sent to a destination.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OutcomeKind>))]
public enum OutcomeKind
{
    /// <summary>CleverTap has stored the records of the event.</summary>
    Delivered,

    /// <summary>The event is not intended for CleverTap; nothing was sent.</summary>
    Filtered,

    /// <summary>The event cannot be mapped to a record; nothing was sent.</summary>
    Invalid,

    /// <summary>CleverTap has rejected a record of the event. Sending the event again does not help.</summary>
    Rejected,

    /// <summary>The event was not delivered. Sending it again may help.</summary>
    Undelivered,
}
