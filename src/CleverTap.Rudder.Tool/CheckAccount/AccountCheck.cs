using System.Security.Cryptography;
using CleverTap.Rudder.Tool.CheckAccount.Claims;

namespace CleverTap.Rudder.Tool.CheckAccount;

/// <summary>Sends the probes of claims one after another, and stops where going on would be wrong or useless.</summary>
/// <param name="sender">Sends the probes.</param>
/// <param name="allowWrites">Whether probes are sent that the server stores.</param>
/// <param name="time">The clock.</param>
internal sealed class AccountCheck(ProbeSender sender, bool allowWrites, TimeProvider time)
{
    private const int MaxSilentProbes = 3;

    /// <summary>The time that the server gets to store a profile before it is looked up.</summary>
    public TimeSpan LookupDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets the address that is probed.</summary>
    public Uri Endpoint => sender.Endpoint;

    /// <summary>Gets whether probes are sent that the server stores.</summary>
    public bool AllowWrites => allowWrites;

    /// <summary>Gets the identity of the user whom this run makes up.</summary>
    public string User { get; } = $"clevertap-rudder-check-{RandomNumberGenerator.GetHexString(12, lowercase: true)}";

    /// <summary>Probes claims.</summary>
    /// <param name="claims">The claims. The first one shows whether the server can be probed at all.</param>
    /// <param name="report">Receives each result.</param>
    /// <param name="cancellationToken">Stops the run, which then reports what is left.</param>
    public async Task<CheckResults> RunAsync(IReadOnlyList<Claim> claims, Action<ClaimResult> report, CancellationToken cancellationToken)
    {
        List<ClaimResult> results = new(claims.Count);
        string? stopReason = null;
        try
        {
            while (stopReason is null && results.Count < claims.Count)
            {
                ClaimResult result = await ProbeAsync(claims[results.Count], cancellationToken);
                if (results.Count == 0 && WhyUnusable(result) is { } reason)
                {
                    return new CheckResults([], claims, reason);
                }

                results.Add(result);
                report(result);
                stopReason = WhyStop(results);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            stopReason = "The run was stopped";
        }

        return new CheckResults(results, [.. claims.Skip(results.Count)], stopReason);
    }

    private async Task<ClaimResult> ProbeAsync(Claim claim, CancellationToken cancellationToken)
    {
        if (claim.Probe.IsWrite && !allowWrites)
        {
            return new ClaimResult(claim, new Finding(ClaimStatus.NotShown, "not sent: needs --allow-writes"));
        }

        if (claim.Probe is LookupProbe)
        {
            await Task.Delay(LookupDelay, time, cancellationToken);
        }

        ProbeRequest request = claim.Probe.Request.For(User);
        ProbeResponse response = await sender.SendAsync(request, cancellationToken);
        bool isSilent = response.Response.Status is ResponseStatus.Unavailable or ResponseStatus.NoResponse or ResponseStatus.NotConnected;
        Finding finding = isSilent ? new Finding(ClaimStatus.NoResponse, response.ToString()) : claim.Probe.Evaluate(response);
        return new ClaimResult(claim, finding, request, response);
    }

    /// <summary>Returns why the response to the first probe makes all others useless, or null.</summary>
    private string? WhyUnusable(ClaimResult first) =>
        first.Response switch
        {
            { IsPerRecord: true } => null,
            { Response.Status: ResponseStatus.Unauthorized } response =>
                $"{Endpoint} rejects the account id, the passcode or the region ({response})",
            { HttpStatus: null } response => $"{Endpoint} does not respond ({response.Response.Error})",
            { } response => $"{Endpoint} does not respond as CleverTap does to an upload ({response})",
            null => null,
        };

    /// <summary>Returns why no more probes may be sent after the last result, or null.</summary>
    private string? WhyStop(List<ClaimResult> results)
    {
        ClaimResult last = results[^1];
        if (last is { Claim.Probe: LookupProbe { IsStored: false }, Finding.Status: ClaimStatus.Differs })
        {
            return $"The server stores what a dry run sends, so that no more is sent; it now has a profile with the identity {User}";
        }

        if (last is { Claim.Probe: UploadProbe, Response.Response.Status: ResponseStatus.Unauthorized })
        {
            return $"{Endpoint} no longer accepts the credentials ({last.Response})";
        }

        bool isSilent = results.Count >= MaxSilentProbes && results.TakeLast(MaxSilentProbes).All(IsSilent);
        return isSilent ? $"{Endpoint} did not respond to {MaxSilentProbes} probes in a row" : null;
    }

    private static bool IsSilent(ClaimResult result) => result.Finding.Status == ClaimStatus.NoResponse;
}
