using System.Text.Json;

namespace CleverTap.Rudder.Testing;

/// <summary><c>POST /1/subscribe</c>: notes the subscriptions. They belong to addresses, so that no profile changes.</summary>
internal static class SubscribeCall
{
    public static EmulatorAnswer Answer(EmulatorRequest request, EmulatorStore store) => ContactList.Answer(request, Read, store.Subscribe);

    private static Subscription? Read(JsonValue entry)
    {
        ContactKind? kind = entry.Member("type"u8).ToText()?.ToUpperInvariant() switch
        {
            "PHONE" => ContactKind.Phone,
            "EMAIL" => ContactKind.Email,
            "WHATSAPP" => ContactKind.WhatsApp,
            _ => null,
        };
        bool? subscribed = entry.Member("status"u8).ToText()?.ToUpperInvariant() switch
        {
            "RESUBSCRIBE" => true,
            "UNSUBSCRIBE" => false,
            _ => null,
        };
        JsonValue value = entry.Member("value"u8);
        return kind is not null && subscribed is not null && value is { Kind: JsonValueKind.String, IsPresent: true }
            ? new Subscription(kind.Value, value.ToText()!, subscribed.Value)
            : null;
    }
}
