using System.Text.Json.Serialization;

namespace CleverTap.Rudder;

/// <summary>What became of an event that was given to a destination.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OutcomeKind>))]
public enum OutcomeKind
{
    /// <summary>CleverTap took its records.</summary>
    Delivered,

    /// <summary>It is not meant for CleverTap.</summary>
    Filtered,

    /// <summary>It cannot become a record; nothing was sent.</summary>
    Invalid,

    /// <summary>CleverTap rejected a record of it. Sending it again will not help.</summary>
    Rejected,

    /// <summary>It did not get through. Sending it again may help.</summary>
    Undelivered,
}
