namespace CleverTap.Rudder;

/// <summary>How a call to CleverTap ended.</summary>
public enum ResponseStatus
{
    /// <summary>CleverTap took it all: of an upload, every record.</summary>
    Success,

    /// <summary>CleverTap took some records and refused others.</summary>
    Partial,

    /// <summary>CleverTap refused every record.</summary>
    Fail,

    /// <summary>HTTP 401 or 403: the account id, the passcode or the region is wrong.</summary>
    Unauthorized,

    /// <summary>HTTP 400, another 4xx or a redirection: CleverTap refused the request as a whole.</summary>
    BadRequest,

    /// <summary>HTTP 408, 429 or 5xx: the same upload may succeed later.</summary>
    Unavailable,

    /// <summary>An answer that cannot be read; whether records were stored is not known.</summary>
    Unreadable,

    /// <summary>No answer: a connection that broke, or none in time. Whether records were stored is not known.</summary>
    NoResponse,

    /// <summary>No connection: nothing was sent.</summary>
    NotConnected,
}
