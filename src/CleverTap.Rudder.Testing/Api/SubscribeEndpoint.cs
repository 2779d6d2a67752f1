using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Testing.Storage;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary>Handles <c>POST /1/subscribe</c>: records the subscriptions. They belong to addresses, so no profile changes.</summary>
internal static class SubscribeEndpoint
{
    public static EmulatorResponse Handle(EmulatorRequest request, EmulatorStore store) =>
        ContactList.Handle(request, Read, store.Subscribe);

    private static Subscription? Read(JsonSlice entry)
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
        JsonSlice value = entry.Member("value"u8);
        return kind is not null && subscribed is not null && value is { Kind: JsonValueKind.String, IsPresent: true }
            ? new Subscription(kind.Value, value.ToText()!, subscribed.Value)
            : null;
    }
}
