using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Testing.Storage;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary>Handles <c>POST /1/disassociate</c>: records the phone numbers and changes no profile.</summary>
/// <remarks>
/// CleverTap removes only phone numbers that are identities (CleverTap docs, disassociate API). In the emulator's account they are not.
/// </remarks>
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
