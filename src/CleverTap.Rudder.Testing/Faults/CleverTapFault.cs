namespace CleverTap.Rudder.Testing;

/// <summary>The faults with which a <see cref="CleverTapEmulator"/> fails a request.</summary>
public enum CleverTapFault
{
    /// <summary>No fault: the request got its normal response.</summary>
    None,

    /// <summary>HTTP 429; nothing is stored.</summary>
    TooManyRequests,

    /// <summary>HTTP 500; nothing is stored.</summary>
    ServerError,

    /// <summary>HTTP 503 with <c>Retry-After</c>; nothing is stored.</summary>
    Unavailable,

    /// <summary>The connection is dropped; nothing is stored.</summary>
    DroppedBefore,

    /// <summary>
    /// Everything is stored, then the connection is dropped. The sender cannot distinguish it from <see cref="DroppedBefore"/>.
    /// </summary>
    LostResponse,

    /// <summary>Everything is stored, and the response is cut in half, so it is not JSON.</summary>
    MalformedResponse,
}
