using CleverTap.Rudder.Tool.CheckAccount.Claims;

namespace CleverTap.Rudder.Tool.CheckAccount;

/// <summary>What the probe of a claim showed.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Finding">Whether the claim holds.</param>
/// <param name="Request">The request as it was sent; null if the probe was not sent.</param>
/// <param name="Response">The response; null if the probe was not sent.</param>
internal sealed record ClaimResult(Claim Claim, Finding Finding, ProbeRequest? Request = null, ProbeResponse? Response = null);
