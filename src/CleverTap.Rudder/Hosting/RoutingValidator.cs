using CleverTap.Rudder.Internal.Delivery;
using CleverTap.Rudder.Internal.Options;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Internal.Hosting;

/// <summary>Checks a route when the host starts. A route has no options that a user sets.</summary>
internal sealed class RoutingValidator(IEnumerable<DestinationRegistration> registrations) : IValidateOptions<RoutingValidator.Options>
{
    public ValidateOptionsResult Validate(string? name, Options options)
    {
        var errors = new ValidateOptionsResultBuilder();
        errors.Require(registrations.Any(registration => !registration.IsRouting), RoutedDestination.NoDestinations);
        if (registrations.FirstOrDefault(registration => registration.Name == name)?.Error is { } error)
        {
            errors.AddError(error);
        }

        return errors.Build();
    }

    /// <summary>The options whose validation makes the host run the check.</summary>
    internal sealed class Options;
}
