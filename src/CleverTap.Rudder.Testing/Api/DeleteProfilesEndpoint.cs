using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Testing.Storage;
using CleverTap.Rudder.Internal.Testing.Validation;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary>Handles <c>POST /1/delete/profiles.json</c>.</summary>
/// <remarks>CleverTap deletes the profiles within 48 hours, the emulator at once, so that a test need not wait.</remarks>
internal static class DeleteProfilesEndpoint
{
    public static EmulatorResponse Handle(EmulatorRequest request, EmulatorStore store)
    {
        JsonSlice body = JsonBody.Read(request);
        JsonSlice identity = body.Member("identity"u8);
        JsonSlice guid = body.Member("guid"u8);
        if (!identity.IsMissing && !guid.IsMissing)
        {
            return EmulatorResponse.Failure(400, "Either identity or guid is allowed, not both");
        }

        return guid.IsMissing
            ? UserIdList.Handle(identity, ids => store.Delete(UserKeyKind.Identity, ids))
            : UserIdList.Handle(guid, ids => store.Delete(UserKeyKind.ObjectId, ids));
    }
}
