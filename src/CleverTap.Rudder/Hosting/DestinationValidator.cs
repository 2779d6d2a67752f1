using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Internal.Hosting;

/// <summary>Checks what is complete only when every call is made.</summary>
internal sealed class DestinationValidator(IEnumerable<DestinationRegistration> registrations) : IValidateOptions<CleverTapOptions>
{
    public ValidateOptionsResult Validate(string? name, CleverTapOptions options) =>
        registrations.FirstOrDefault(one => one.Name == name)?.Fault is { } fault
            ? ValidateOptionsResult.Fail(fault)
            : ValidateOptionsResult.Skip;
}
