namespace CleverTap.Rudder.Testing;

/// <summary>A push token of a profile. Immutable.</summary>
public sealed class DeviceToken
{
    internal DeviceToken(string id, string type)
    {
        Id = id;
        Type = type;
    }

    /// <summary>Gets the token (<c>tokenData.id</c>).</summary>
    public string Id { get; }

    /// <summary>Gets the push service as it was sent (<c>tokenData.type</c>), such as <c>fcm</c>.</summary>
    public string Type { get; }
}
