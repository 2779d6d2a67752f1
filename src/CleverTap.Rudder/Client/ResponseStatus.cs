namespace CleverTap.Rudder;

/// <summary>How a call to CleverTap ended.</summary>
public enum ResponseStatus
{
    /// <summary>CleverTap accepted everything: of an upload, every record.</summary>
    Success,

    /// <summary>CleverTap accepted some records and rejected others.</summary>
    Partial,

    /// <summary>CleverTap rejected every record.</summary>
    Fail,

    /// <summary>HTTP 401 or 403: the account id, the passcode or the region is wrong.</summary>
    Unauthorized,

    /// <summary>HTTP 400, another 4xx or a redirection: CleverTap rejected the request as a whole.</summary>
    BadRequest,

    /// <summary>HTTP 408, 429 or 5xx: the same upload may succeed later.</summary>
    Unavailable,

    /// <summary>A response that cannot be read, or that contradicts itself; whether records were stored is not known.</summary>
    Unreadable,

    /// <summary>
    /// No response: the request began, and the connection broke or the timeout passed. Whether records were stored is not known.
    /// </summary>
    NoResponse,

    /// <summary>
    /// No connection: the request did not begin, so nothing was stored. Name resolution, the connection or TLS failed or took too long,
    /// or a handler failed before sending.
    /// </summary>
    NotConnected,
}
