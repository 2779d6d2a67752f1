using System.Text.Json.Serialization;

namespace CleverTap.Rudder;

/// <summary>The kinds of warnings about values that CleverTap may reject or that were changed before sending.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WarningCode>))]
public enum WarningCode
{
    /// <summary>A standard profile field has a value that CleverTap rejects, or stores as plain text.</summary>
    StandardFieldFormat,

    /// <summary>CleverTap reserves the event name for a system event.</summary>
    ReservedEventName,

    /// <summary>A name contains a character that CleverTap does not allow in names.</summary>
    ProhibitedCharacter,

    /// <summary>A name is empty.</summary>
    EmptyName,

    /// <summary>The name of an event or field is longer than the limit of CleverTap.</summary>
    NameTooLong,

    /// <summary>A text is longer than the limit of CleverTap.</summary>
    ValueTooLong,

    /// <summary>A record has more fields than CleverTap accepts.</summary>
    TooManyProperties,

    /// <summary>A Charged event has more items than CleverTap accepts.</summary>
    TooManyItems,

    /// <summary>A field is an object or array, but CleverTap accepts only scalars there.</summary>
    NestedValue,

    /// <summary>CleverTap rejects the identity.</summary>
    IdentityRejected,

    /// <summary>A timestamp cannot be read; the next source of the time of the event was used.</summary>
    TimestampUnreadable,

    /// <summary>A number is NaN, infinite or beyond the range of a double; it was omitted, or null was sent instead.</summary>
    NumberOutOfRange,

    /// <summary>Two fields of the event have the same name in CleverTap; one of them was omitted.</summary>
    NameCollision,

    /// <summary>A field that controls the mapping has the wrong JSON type and was ignored.</summary>
    FieldIgnored,

    /// <summary>A text looks like a date but stays text; dates in CleverTap are <c>$D_&lt;seconds since 1970&gt;</c>.</summary>
    DateIsText,

    /// <summary>The time is more than 2 minutes after the event was sent or received; live campaigns ignore such events.</summary>
    TimestampInFuture,

    /// <summary>The amount of an order is not a number; CleverTap does not add it to the revenue.</summary>
    AmountNotNumeric,

    /// <summary>An order has no amount.</summary>
    AmountMissing,

    /// <summary>An item of an order is not an object and was omitted.</summary>
    ItemOmitted,

    /// <summary>A messaging flag (<c>MSG-*</c>) is neither true nor false: the opt-out does not take effect.</summary>
    MessagingFlagNotBoolean,

    /// <summary>A custom trait would have become an identity of the user and was omitted.</summary>
    IdentityFieldOmitted,

    /// <summary>CleverTap rejects the objectId.</summary>
    ObjectIdRejected,

    /// <summary>A multi-value attribute has more or longer values than CleverTap accepts.</summary>
    TooManyValues,

    /// <summary>
    /// A trait resembles a messaging flag (<c>MSG-*</c>) or <c>category-unsubscribe</c>, but has another name: the opt-out does not take
    /// effect.
    /// </summary>
    MessagingFlagUnknown,
}
