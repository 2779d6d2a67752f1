namespace CleverTap.Rudder.Testing;

/// <summary>What a <see cref="CleverTapEmulator"/> does to a request instead of answering it as it should.</summary>
public enum CleverTapFault
{
    /// <summary>Nothing: the request was answered as it should be.</summary>
    None,

    /// <summary>HTTP 429, nothing stored.</summary>
    TooManyRequests,

    /// <summary>HTTP 500, nothing stored.</summary>
    ServerError,

    /// <summary>HTTP 503 with <c>Retry-After</c>, nothing stored.</summary>
    Unavailable,

    /// <summary>The connection is dropped, nothing stored.</summary>
    DroppedBefore,

    /// <summary>Everything is stored, then the connection is dropped: to the sender this looks like <see cref="DroppedBefore"/>.</summary>
    LostResponse,

    /// <summary>Everything is stored, and the response is cut in half, so that it is no JSON.</summary>
    MalformedResponse,
}
