using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Internal.Hosting;

/// <summary>Checks a registration when the host starts, because the registration is complete only then.</summary>
internal sealed class DestinationValidator(IEnumerable<DestinationRegistration> registrations) : IValidateOptions<CleverTapOptions>
{
    public ValidateOptionsResult Validate(string? name, CleverTapOptions options) =>
        registrations.FirstOrDefault(registration => registration.Name == name)?.Error is { } error
            ? ValidateOptionsResult.Fail(error)
            : ValidateOptionsResult.Skip;
}
