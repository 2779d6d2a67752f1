using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Internal.Options;

/// <summary>Every error of the options in one message, by the rules of a destination's.</summary>
internal sealed class RudderTransformerOptionsValidator : IValidateOptions<RudderTransformerOptions>
{
    private const string NotAsked = "-";

    public ValidateOptionsResult Validate(string? name, RudderTransformerOptions options)
    {
        // Account and region come with each request; what is left is what both have in common.
        CleverTapOptions common = options.For(NotAsked, NotAsked, CleverTapEndpoint.FromRegion(null));
        common.Mapping = options.Mapping;
        common.ConfigurationErrors.AddRange(options.ConfigurationErrors);
        string title = $"rudder-transformer's protocol{options.ConfigurationErrors.Source}";
        return new CleverTapOptionsValidator().Validate("transformer", common) is { Failed: true } failed
            ? ValidateOptionsResult.Fail(
                failed.Failures.Select(failure =>
                    failure.Replace(CleverTapOptionsValidator.Title("transformer"), title, StringComparison.Ordinal)
                )
            )
            : ValidateOptionsResult.Success;
    }
}
