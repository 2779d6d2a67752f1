using CleverTap.Rudder.Internal.Testing.Storage;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary>Implements CleverTap's API without transport and faults. Thread-safe.</summary>
internal sealed class EmulatorApi(CleverTapEmulatorOptions options, EmulatorStore store)
{
    private readonly EmulatorRoute[] routes =
    [
        new("POST", "/1/upload", (request, store) => UploadEndpoint.Handle(request, store, options.NestedObjects)),
        new("POST", "/1/delete/profiles.json", DeleteProfilesEndpoint.Handle),
        new("POST", "/1/demerge/profiles.json", DemergeEndpoint.Handle),
        new("POST", "/1/disassociate", DisassociateEndpoint.Handle),
        new("POST", "/1/subscribe", SubscribeEndpoint.Handle),
        new("GET", "/1/profile.json", ProfileEndpoint.Handle),
        new("POST", "/1/profiles.json", ProfilesEndpoint.Handle),
        new("GET", "/1/profiles.json", ProfilesEndpoint.Handle),
        new("POST", "/1/events.json", EventsEndpoint.Handle),
        new("GET", "/1/events.json", EventsEndpoint.Handle),
        new("GET", "/v1/connect", (_, _) => EmulatorResponse.Success),
    ];

    public EmulatorResponse Handle(EmulatorRequest request)
    {
        EmulatorRoute[] methods = Array.FindAll(routes, route => route.Path == request.Path);
        if (methods.Length == 0)
        {
            return EmulatorResponse.Failure(404, "Not found");
        }

        EmulatorRoute? route = Array.Find(methods, route => route.Method == request.Method);
        if (route is null)
        {
            string allowed = string.Join(", ", methods.Select(route => route.Method));
            return EmulatorResponse.Failure(405, "Method not allowed") with { AllowedMethods = allowed };
        }

        if (request.AccountId != options.AccountId)
        {
            return EmulatorResponse.Failure(401, "Account ID is not valid");
        }

        if (request.Passcode != options.Passcode)
        {
            return EmulatorResponse.Failure(401, "Passcode Invalid");
        }

        return route.Handle(request, store);
    }
}
