namespace CleverTap.Rudder;

/// <summary>How a call to CleverTap ended.</summary>
public enum ResponseStatus
{
    /// <summary>CleverTap accepted the call; in an upload, every record.</summary>
    Success,

    /// <summary>CleverTap accepted some records and rejected others.</summary>
    Partial,

    /// <summary>CleverTap rejected every record.</summary>
    Fail,

    /// <summary>HTTP 401 or 403: the account id, the passcode or the region is wrong.</summary>
    Unauthorized,

    /// <summary>
    /// HTTP 400, another 4xx or a redirection: CleverTap rejected the whole request. Or, without an HTTP status, the request was not sent
    /// because an argument is invalid.
    /// </summary>
    BadRequest,

    /// <summary>HTTP 408, 429 or 5xx: the same upload may succeed later.</summary>
    Unavailable,

    /// <summary>The response cannot be read or contradicts itself: it is unknown whether records were stored.</summary>
    Unreadable,

    /// <summary>
    /// No response: the request began, and then the connection broke or the timeout passed. It is unknown whether records were stored.
    /// </summary>
    NoResponse,

    /// <summary>
    /// No connection: the request did not begin, so nothing was stored. Name resolution, the connection or TLS failed or took too long,
    /// or a handler failed before sending.
    /// </summary>
    NotConnected,
}
