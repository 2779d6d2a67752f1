using System.Text.Json.Serialization;

namespace CleverTap.Rudder;

/// <summary>Why an event cannot become a CleverTap record.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EventErrorCode>))]
public enum EventErrorCode
{
    /// <summary>The input is not well-formed JSON in UTF-8.</summary>
    NotJson,

    /// <summary>The input is JSON, but not an object.</summary>
    NotAnObject,

    /// <summary>Objects and arrays are nested deeper than <see cref="RudderEvent.MaxDepth"/>.</summary>
    TooDeep,

    /// <summary>The event is larger than <see cref="MappingOptions.MaxEventBytes"/>.</summary>
    TooLarge,

    /// <summary>There is no <c>type</c>.</summary>
    TypeMissing,

    /// <summary>
    /// The <c>type</c> is not identify, track, page, screen or alias. For a web page: not identify, track or page. RudderStack's calls
    /// without a counterpart in CleverTap, such as a group, are filtered instead if <c>MappingOptions.FilterUnsupportedCalls</c> is on.
    /// </summary>
    TypeNotSupported,

    /// <summary>A field holds JSON of another kind than it may hold: an id that is an object, traits that are text.</summary>
    WrongKind,

    /// <summary>A track call without an <c>event</c> name.</summary>
    EventNameMissing,

    /// <summary>No user id, and <see cref="MappingOptions.TrackAnonymous"/> is off.</summary>
    UserIdMissing,

    /// <summary>Neither a user id nor an anonymous id; for alias: not both ids.</summary>
    IdMissing,

    /// <summary>The products of an order are not an array of objects.</summary>
    ItemsNotObjects,

    /// <summary>
    /// Code of the host failed on the event: a mapper, filter, editor or route threw an exception, or a mapper or editor returned null. The
    /// message names it and the type of the exception. A mapper can also return this code itself.
    /// </summary>
    HostRule,

    /// <summary>The route of <c>AddCleverTapRouting</c> names a destination that is not registered, or none.</summary>
    UnknownDestination,
}
