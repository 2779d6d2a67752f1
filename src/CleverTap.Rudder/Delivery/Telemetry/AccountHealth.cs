namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>Stores the status of the last upload of a destination. Thread-safe.</summary>
internal sealed class AccountHealth
{
    private volatile ResponseStatus last = ResponseStatus.Success;

    /// <summary>Whether CleverTap refuses the account's credentials.</summary>
    public bool IsUnauthorized => last == ResponseStatus.Unauthorized;

    /// <summary>Whether uploads are retried because CleverTap does not respond, or its response cannot be read.</summary>
    public bool IsBackingOff =>
        last is ResponseStatus.Unavailable or ResponseStatus.NoResponse or ResponseStatus.NotConnected or ResponseStatus.Unreadable;

    public void Responded(ResponseStatus status) => last = status;
}
