using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Testing.Storage;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary>
/// <c>POST /1/disassociate</c>: notes the phone numbers. It changes no profile, since in the emulator's account a phone number
/// is no identity, and CleverTap takes away only those that are (CleverTap docs, disassociate API).
/// </summary>
internal static class DisassociateEndpoint
{
    public static EmulatorResponse Handle(EmulatorRequest request, EmulatorStore store) =>
        ContactList.Handle(request, Read, store.Disassociate);

    private static string? Read(JsonSlice entry)
    {
        JsonSlice value = entry.Member("value"u8);
        return entry.Member("type"u8).IsText("phone"u8) && value is { Kind: JsonValueKind.String, IsPresent: true } ? value.ToText() : null;
    }
}
