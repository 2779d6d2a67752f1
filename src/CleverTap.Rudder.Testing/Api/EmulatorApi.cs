using CleverTap.Rudder.Internal.Testing.Storage;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary>CleverTap's API without the transport and its faults: a request in, an answer out. Thread-safe.</summary>
internal sealed class EmulatorApi(CleverTapEmulatorOptions options, EmulatorStore store)
{
    private readonly EmulatorRoute[] routes =
    [
        new("POST", "/1/upload", (request, store) => UploadCall.Answer(request, store, options.NestedObjects)),
        new("POST", "/1/delete/profiles.json", DeleteCall.Answer),
        new("POST", "/1/demerge/profiles.json", DemergeCall.Answer),
        new("POST", "/1/disassociate", DisassociateCall.Answer),
        new("POST", "/1/subscribe", SubscribeCall.Answer),
        new("GET", "/v1/connect", (_, _) => EmulatorAnswer.Success),
    ];

    public EmulatorAnswer Answer(EmulatorRequest request)
    {
        EmulatorRoute? route = Array.Find(routes, route => route.Path == request.Path);
        if (route is null)
        {
            return EmulatorAnswer.Failure(404, "Not found");
        }

        if (route.Method != request.Method)
        {
            return EmulatorAnswer.Failure(405, "Method not allowed") with { Allow = route.Method };
        }

        if (request.AccountId != options.AccountId)
        {
            return EmulatorAnswer.Failure(401, "Account ID is not valid");
        }

        if (request.Passcode != options.Passcode)
        {
            return EmulatorAnswer.Failure(401, "Passcode Invalid");
        }

        return route.Answer(request, store);
    }
}
