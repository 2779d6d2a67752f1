using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Internal.Options;

/// <summary>Reports every error of a transformer service's options in one message.</summary>
/// <remarks>The account and the region come with each request; the other options follow the same rules as a destination's.</remarks>
internal sealed class RudderTransformerOptionsValidator : IValidateOptions<RudderTransformerOptions>
{
    public ValidateOptionsResult Validate(string? name, RudderTransformerOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        errors.AddErrors(options.ConfigurationErrors);
        EndpointRules.CheckEndpoint(errors, options.Endpoint, options.AllowInsecureEndpoint);
        EndpointRules.CheckMapping(errors, options.Mapping);
        EndpointRules.CheckTimeouts(errors, options.Timeout, options.ConnectTimeout);
        EndpointRules.CheckMaxResponseBytes(errors, options.MaxResponseBytes);
        return errors.Build("rudder-transformer's protocol", options.ConfigurationErrors);
    }
}
