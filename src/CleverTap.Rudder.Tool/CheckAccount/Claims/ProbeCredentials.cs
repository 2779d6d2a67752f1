namespace CleverTap.Rudder.Tool.CheckAccount.Claims;

/// <summary>The credentials of a probe.</summary>
internal enum ProbeCredentials
{
    Valid,
    WrongAccount,
    WrongPasscode,
}
