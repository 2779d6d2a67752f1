using CleverTap.Rudder.Internal.Testing.Api;
using CleverTap.Rudder.Internal.Testing.Validation;

namespace CleverTap.Rudder.Tool.CheckAccount.Claims;

/// <summary>The claims about the dry run itself. The first ones decide whether any other probe is sent.</summary>
internal static class DryRunClaims
{
    private static readonly string[] UsedIn = [Member.Client(nameof(CleverTapClient.UploadAsync)), nameof(UploadEndpoint)];

    /// <summary>
    /// The claims in front of all others. The first probe is a record that no server stores, the second one is valid, and the third one
    /// looks for what the second one may have stored.
    /// </summary>
    public static readonly Claim[] First =
    [
        new(
            "dry-run-validates",
            "A dry run validates records as an upload does",
            Grade.Unsure,
            Sources.OtherClients,
            UsedIn,
            new UploadProbe(ProbeRecord.EventWith("event without a name", "\"evtData\":{}", RecordCode.EventNameMissing))
        ),
        new(
            "dry-run-accepts",
            "A dry run of a valid profile gets the response of an upload",
            Grade.Unsure,
            Sources.OtherClients,
            UsedIn,
            new UploadProbe(ProbeRecord.Profile("profile", "\"Name\":\"Check of clevertap-rudder\"")) { ChecksTotals = true }
        ),
        new(
            "dry-run-stores-nothing",
            "A dry run stores nothing: its profile cannot be looked up",
            Grade.Unsure,
            Sources.OtherClients,
            UsedIn,
            new LookupProbe(Probe.User, IsStored: false)
        ),
    ];

    /// <summary>The claim behind all other dry runs.</summary>
    public static readonly Claim[] Last =
    [
        new(
            "dry-run-stored-nothing",
            "After all dry runs, their profile still cannot be looked up",
            Grade.Unsure,
            Sources.OtherClients,
            UsedIn,
            new LookupProbe(Probe.User, IsStored: false)
        ),
    ];
}
