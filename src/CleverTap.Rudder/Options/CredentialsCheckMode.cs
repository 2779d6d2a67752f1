namespace CleverTap.Rudder;

/// <summary>What a host does if CleverTap refuses the account id or passcode of a destination when the host starts.</summary>
public enum CredentialsCheckMode
{
    /// <summary>
    /// The check runs in the background. Refused credentials are logged as an error and make the health check fail. The check is repeated
    /// every minute until CleverTap accepts the credentials.
    /// </summary>
    Warn,

    /// <summary>
    /// The start waits for the check, at most for <see cref="CleverTapOptions.Timeout"/>. Refused credentials end the start with an
    /// <see cref="Microsoft.Extensions.Options.OptionsValidationException"/> that names the destination and the region. If CleverTap does
    /// not respond, the host starts, and the check continues as in <see cref="Warn"/>.
    /// </summary>
    Fail,

    /// <summary>There is no check: refused credentials show with the first upload.</summary>
    Off,
}
