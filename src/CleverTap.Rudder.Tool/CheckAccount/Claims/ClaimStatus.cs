namespace CleverTap.Rudder.Tool.CheckAccount.Claims;

/// <summary>Whether a claim holds.</summary>
internal enum ClaimStatus
{
    Agrees,
    Differs,

    /// <summary>The server did not respond to the probe.</summary>
    NoResponse,

    /// <summary>The probe was not sent, or its response cannot show whether the claim holds.</summary>
    NotShown,
}
