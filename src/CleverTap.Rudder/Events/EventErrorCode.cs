using System.Text.Json.Serialization;

namespace CleverTap.Rudder;

/// <summary>The reason why an event cannot become a CleverTap record.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EventErrorCode>))]
public enum EventErrorCode
{
    /// <summary>The input is not well-formed JSON in UTF-8.</summary>
    NotJson,

    /// <summary>The input is JSON but not an object.</summary>
    NotAnObject,

    /// <summary>Objects and arrays are nested deeper than <see cref="RudderEvent.MaxDepth"/>.</summary>
    TooDeep,

    /// <summary>The event is larger than <see cref="MappingOptions.MaxEventBytes"/>.</summary>
    TooLarge,

    /// <summary>The <c>type</c> is missing.</summary>
    TypeMissing,

    /// <summary>The <c>type</c> is not identify, track, page, screen or alias; for a web page: not identify, track or page.</summary>
    /// <remarks>
    /// If <c>MappingOptions.FilterUnsupportedCalls</c> is true, calls of RudderStack without a counterpart in CleverTap, such as group,
    /// are filtered instead.
    /// </remarks>
    TypeNotSupported,

    /// <summary>A field has the wrong JSON type, such as an id that is an object or traits that are text.</summary>
    WrongKind,

    /// <summary>A track call has no <c>event</c> name.</summary>
    EventNameMissing,

    /// <summary>The event has no user id, and <see cref="MappingOptions.TrackAnonymous"/> is false.</summary>
    UserIdMissing,

    /// <summary>The event has neither a user id nor an anonymous id; an alias call lacks one of its two ids.</summary>
    IdMissing,

    /// <summary>The products of an order are not an array of objects.</summary>
    ItemsNotObjects,

    /// <summary>
    /// Code of the host failed: a mapper, filter, editor or route threw an exception, or a mapper or editor returned null.
    /// </summary>
    /// <remarks>The message names the code and the type of the exception. A mapper can also return this error code.</remarks>
    HostRule,

    /// <summary>The route of <c>AddCleverTapRouting</c> returned null or the name of a destination that is not registered.</summary>
    UnknownDestination,
}
