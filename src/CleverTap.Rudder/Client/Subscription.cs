namespace CleverTap.Rudder;

/// <summary>Subscribes or unsubscribes an address for every profile that has it.</summary>
/// <param name="Kind">The kind of the address.</param>
/// <param name="Value">The address.</param>
/// <param name="Subscribed">True resubscribes, false unsubscribes.</param>
public sealed record Subscription(ContactKind Kind, string Value, bool Subscribed)
{
    /// <summary>Returns the kind and the direction, without the address, which is personal data.</summary>
    public override string ToString() => $"{(Subscribed ? "resubscribe" : "unsubscribe")} {Kind}";
}
