namespace CleverTap.Rudder;

/// <summary>Whether every profile that holds an address is subscribed to it.</summary>
/// <param name="Kind">What kind of address it is.</param>
/// <param name="Value">The address.</param>
/// <param name="Subscribed">True resubscribes, false unsubscribes.</param>
public sealed record Subscription(ContactKind Kind, string Value, bool Subscribed)
{
    /// <summary>The kind and direction; the address is personal data and never part of a text.</summary>
    public override string ToString() => $"{(Subscribed ? "resubscribe" : "unsubscribe")} {Kind}";
}
