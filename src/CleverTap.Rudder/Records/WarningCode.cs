using System.Text.Json.Serialization;

namespace CleverTap.Rudder;

/// <summary>What CleverTap may not take as it is, or what could not be sent as it came.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WarningCode>))]
public enum WarningCode
{
    /// <summary>A standard profile field has a value that CleverTap rejects, or stores as plain text.</summary>
    StandardFieldFormat,

    /// <summary>The event name is one of CleverTap's own.</summary>
    ReservedEventName,

    /// <summary>A name holds a character that CleverTap does not allow in names.</summary>
    ProhibitedCharacter,

    /// <summary>A name is empty.</summary>
    EmptyName,

    /// <summary>An event or field name is longer than CleverTap keeps.</summary>
    NameTooLong,

    /// <summary>A text is longer than CleverTap keeps.</summary>
    ValueTooLong,

    /// <summary>A record has more properties than CleverTap takes.</summary>
    TooManyProperties,

    /// <summary>A Charged event has more items than CleverTap takes.</summary>
    TooManyItems,

    /// <summary>An object or array stands where CleverTap takes only scalars.</summary>
    NestedValue,

    /// <summary>An identity that CleverTap rejects.</summary>
    IdentityRejected,

    /// <summary>A time that is not one; the next source of the event's time was used.</summary>
    TimestampUnreadable,

    /// <summary>A number that no double can hold; null was sent instead.</summary>
    NumberOutOfRange,

    /// <summary>Two fields of the event claim one name in CleverTap; one of them was left out.</summary>
    NameCollision,

    /// <summary>A field that has to do with the mapping holds JSON of another kind than it may hold, and was passed over.</summary>
    FieldIgnored,

    /// <summary>A text looks like a date and stays text; CleverTap's dates are <c>$D_&lt;seconds since 1970&gt;</c>.</summary>
    DateIsText,

    /// <summary>The time lies more than 2 minutes after the event was sent or received; live campaigns ignore such events.</summary>
    TimestampInFuture,

    /// <summary>The amount of an order is not a number; CleverTap's revenue view does not sum it.</summary>
    AmountNotNumeric,

    /// <summary>An order has no amount.</summary>
    AmountMissing,

    /// <summary>An element of an order's items is not an object and was left out.</summary>
    ItemOmitted,

    /// <summary>A messaging flag (<c>MSG-*</c>) is neither true nor false: the opt-out does not take effect.</summary>
    MessagingFlagNotBoolean,

    /// <summary>A custom trait would have become an identity of the user, and was left out.</summary>
    IdentityFieldOmitted,

    /// <summary>An objectId that CleverTap rejects.</summary>
    ObjectIdRejected,

    /// <summary>A multi-value attribute has more or longer values than CleverTap keeps.</summary>
    TooManyValues,
}
