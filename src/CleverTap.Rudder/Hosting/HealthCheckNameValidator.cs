using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Internal.Hosting;

/// <summary>A health check of a destination that does not exist is an error when the host starts, and names those that exist.</summary>
internal sealed class HealthCheckNameValidator(string name, IEnumerable<DestinationRegistration> destinations)
    : IValidateOptions<HealthCheckServiceOptions>
{
    public ValidateOptionsResult Validate(string? optionsName, HealthCheckServiceOptions options)
    {
        string[] names = [.. destinations.Select(destination => destination.Name)];
        if (names.Contains(name))
        {
            return ValidateOptionsResult.Success;
        }

        string wanted = name.Length == 0 ? "without a name" : $"'{name}'";
        string there =
            names.Length == 0
                ? "none is registered"
                : $"there is {string.Join(", ", names.Select(other => other.Length == 0 ? "one without a name" : $"'{other}'"))}";
        return ValidateOptionsResult.Fail($"Health check: there is no CleverTap destination {wanted}; {there}.");
    }
}
