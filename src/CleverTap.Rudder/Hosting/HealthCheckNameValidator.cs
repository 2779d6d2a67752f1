using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Internal.Hosting;

/// <summary>Rejects, when the host starts, the health check of a destination that does not exist.</summary>
internal sealed class HealthCheckNameValidator(string name, IEnumerable<DestinationRegistration> destinations)
    : IValidateOptions<HealthCheckServiceOptions>
{
    public ValidateOptionsResult Validate(string? optionsName, HealthCheckServiceOptions options)
    {
        string[] names = [.. destinations.Select(destination => destination.Name)];
        return names.Contains(name)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Health check: {DestinationNames.Missing(name, names)}.");
    }
}
