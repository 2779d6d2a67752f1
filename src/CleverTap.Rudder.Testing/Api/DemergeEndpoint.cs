using CleverTap.Rudder.Internal.Testing.Storage;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary>Handles <c>POST /1/demerge/profiles.json</c>: records the identities and changes no profile.</summary>
/// <remarks>How CleverTap splits a profile is not known.</remarks>
internal static class DemergeEndpoint
{
    public static EmulatorResponse Handle(EmulatorRequest request, EmulatorStore store) =>
        UserIdList.Handle(JsonBody.Read(request).Member("identities"u8), store.Demerge);
}
