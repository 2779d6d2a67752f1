namespace CleverTap.Rudder.Testing;

/// <summary>CleverTap's API without the transport: a request in, an answer out. Thread-safe.</summary>
internal sealed class EmulatorApi(CleverTapEmulatorOptions options, EmulatorStore store)
{
    private static readonly EmulatorRoute[] Routes =
    [
        new("POST", "/1/upload", UploadCall.Answer),
        new("GET", "/v1/connect", (_, _) => EmulatorAnswer.Success),
    ];

    public EmulatorAnswer Answer(EmulatorRequest request) => Remember(request, Decide(request));

    /// <summary>Answers a request whose body could not be read to its end.</summary>
    public EmulatorAnswer Refuse(EmulatorRequest request, int status) =>
        Remember(request, EmulatorAnswer.Failure(status, status switch
        {
            408 => "Request timed out",
            413 => "Request too large",
            _ => "Malformed request",
        }));

    private EmulatorAnswer Decide(EmulatorRequest request)
    {
        EmulatorRoute? route = Array.Find(Routes, route => route.Path == request.Path);
        if (route is null) return EmulatorAnswer.Failure(404, "Not found");
        if (route.Method != request.Method) return EmulatorAnswer.Failure(405, "Method not allowed") with { Allow = route.Method };
        if (request.AccountId != options.AccountId) return EmulatorAnswer.Failure(401, "Account ID is not valid");
        if (request.Passcode != options.Passcode) return EmulatorAnswer.Failure(401, "Passcode Invalid");
        return route.Answer(request, store);
    }

    private EmulatorAnswer Remember(EmulatorRequest request, EmulatorAnswer answer)
    {
        store.Add(new AnsweredRequest(request, answer));
        return answer;
    }
}
