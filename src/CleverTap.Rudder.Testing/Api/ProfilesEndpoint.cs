using CleverTap.Rudder.Internal.Testing.Storage;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary>Handles <c>/1/profiles.json</c>: returns the profiles of the users who did an event, page by page.</summary>
internal static class ProfilesEndpoint
{
    public static EmulatorResponse Handle(EmulatorRequest request, EmulatorStore store) =>
        PagedRead.Handle(request, query => store.BeginRead(ReadKind.Profiles, query), store.ReadProfiles, ReadResponseBody.WriteProfiles);
}
