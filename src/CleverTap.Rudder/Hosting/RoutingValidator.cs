using CleverTap.Rudder.Internal.Delivery;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Internal.Hosting;

/// <summary>Checks a route when the host starts: it has no options that a user sets.</summary>
internal sealed class RoutingValidator(IEnumerable<DestinationRegistration> registrations) : IValidateOptions<RoutingValidator.Options>
{
    public ValidateOptionsResult Validate(string? name, Options options)
    {
        List<string> faults = [];
        if (registrations.All(one => one.IsRouting))
        {
            faults.Add(RoutedDestination.NoDestinations);
        }

        if (registrations.FirstOrDefault(one => one.Name == name)?.Fault is { } fault)
        {
            faults.Add(fault);
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    /// <summary>What makes the host run the check.</summary>
    internal sealed class Options;
}
