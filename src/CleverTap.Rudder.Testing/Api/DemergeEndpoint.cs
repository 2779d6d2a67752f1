using CleverTap.Rudder.Internal.Testing.Storage;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary><c>POST /1/demerge/profiles.json</c>: notes who was asked for. How CleverTap splits a profile is not known.</summary>
internal static class DemergeEndpoint
{
    public static EmulatorResponse Handle(EmulatorRequest request, EmulatorStore store) =>
        UserIdList.Handle(JsonBody.Read(request).Member("identities"u8), store.Demerge);
}
