namespace CleverTap.Rudder.Tool.CheckAccount;

/// <summary>The results of a run.</summary>
/// <param name="All">The results of the probes.</param>
/// <param name="Left">The claims that the run did not come to.</param>
/// <param name="StopReason">Why the run ended early; null if it did not.</param>
internal sealed record CheckResults(IReadOnlyList<ClaimResult> All, IReadOnlyList<Claim> Left, string? StopReason)
{
    public int ExitCode =>
        StopReason is null && Count(ClaimStatus.Differs) == 0 && Count(ClaimStatus.NoResponse) == 0
            ? CommandLine.ExitCode.Done
            : CommandLine.ExitCode.Unfinished;

    public int Count(ClaimStatus status) => All.Count(result => result.Finding.Status == status);
}
