namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>Remembers how the last upload of a destination ended. Thread-safe.</summary>
internal sealed class AccountHealth
{
    private volatile ResponseStatus last = ResponseStatus.Success;

    /// <summary>CleverTap refuses the account's credentials.</summary>
    public bool IsUnauthorized => last == ResponseStatus.Unauthorized;

    /// <summary>CleverTap does not respond, or not readably, and uploads are retried.</summary>
    public bool IsBackingOff =>
        last is ResponseStatus.Unavailable or ResponseStatus.NoResponse or ResponseStatus.NotConnected or ResponseStatus.Unreadable;

    public void Responded(ResponseStatus status) => last = status;
}
