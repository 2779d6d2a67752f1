using CleverTap.Rudder.Internal.Testing.Storage;
using CleverTap.Rudder.Internal.Testing.Stored;
using CleverTap.Rudder.Internal.Testing.Validation;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary>Handles <c>GET /1/profile.json</c>: returns the profile with an identity, e-mail address or objectId.</summary>
/// <remarks>CleverTap's response for an unknown user is not known.</remarks>
internal static class ProfileEndpoint
{
    public static EmulatorResponse Handle(EmulatorRequest request, EmulatorStore store)
    {
        string? identity = request.Query("identity");
        string? email = request.Query("email");
        string? objectId = request.Query("objectId");
        if (new[] { identity, email, objectId }.Count(id => !string.IsNullOrEmpty(id)) != 1)
        {
            return EmulatorResponse.Failure(400, "Exactly one of email, identity and objectId is required");
        }

        ProfileSnapshot? profile =
            email is { Length: > 0 } ? store.ReadProfileByEmail(email)
            : objectId is { Length: > 0 } ? store.ReadProfile([new UserKey(UserKeyKind.ObjectId, objectId)])
            : store.ReadProfile(UserKeys.FromText(identity!).Where(key => key.Kind != UserKeyKind.ObjectId));
        return profile is null
            ? EmulatorResponse.Failure(404, "Profile not found")
            : new EmulatorResponse(200, ReadResponseBody.WriteProfile(profile)) { RecordCount = 1 };
    }
}
