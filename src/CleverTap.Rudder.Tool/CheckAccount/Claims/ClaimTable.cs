namespace CleverTap.Rudder.Tool.CheckAccount.Claims;

/// <summary>All claims, in the order of their probes.</summary>
internal static class ClaimTable
{
    public static readonly IReadOnlyList<Claim> All =
    [
        .. DryRunClaims.First,
        .. ProtocolClaims.All,
        .. IdentityClaims.All,
        .. EventClaims.All,
        .. ChargedClaims.All,
        .. StandardFieldClaims.All,
        .. ProfileClaims.All,
        .. TokenClaims.All,
        .. DryRunClaims.Last,
        .. WriteClaims.All,
    ];
}
