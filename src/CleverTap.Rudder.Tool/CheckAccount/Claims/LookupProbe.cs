namespace CleverTap.Rudder.Tool.CheckAccount.Claims;

/// <summary>A look-up of the profile of a user, which shows whether an upload was stored.</summary>
/// <param name="Identity">The identity of the user.</param>
/// <param name="IsStored">Whether the claim expects that the profile exists.</param>
internal sealed record LookupProbe(string Identity, bool IsStored) : Probe
{
    private const int NotFound = 404;

    /// <summary>A look-up of what was stored makes sense only after a probe that writes.</summary>
    public override bool IsWrite => IsStored;

    public override string Expected => IsStored ? "a profile" : "no profile";

    public override ProbeRequest Request => new(HttpMethod.Get, $"1/profile.json?identity={Identity}");

    public override Finding Evaluate(ProbeResponse response)
    {
        if (response.HasProfile)
        {
            return Finding.Compare(IsStored, "a profile");
        }

        return response.HttpStatus is (>= 200 and < 300) or NotFound
            ? Finding.Compare(!IsStored, $"no profile ({response})")
            : new Finding(ClaimStatus.NotShown, $"the profile cannot be looked up ({response})");
    }
}
