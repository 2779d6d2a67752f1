namespace CleverTap.Rudder.Tool.CheckAccount.Claims;

/// <summary>What the response to a probe shows.</summary>
/// <param name="Status">Whether the claim holds.</param>
/// <param name="Actual">The response in a few words.</param>
internal sealed record Finding(ClaimStatus Status, string Actual)
{
    public static Finding Compare(bool agrees, string actual) => new(agrees ? ClaimStatus.Agrees : ClaimStatus.Differs, actual);
}
