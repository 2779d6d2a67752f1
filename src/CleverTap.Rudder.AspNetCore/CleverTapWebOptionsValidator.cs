using CleverTap.Rudder.AspNetCore;
using CleverTap.Rudder.Internal.Options;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Internal.AspNetCore;

/// <summary>Reports every error of the pages' options in one message.</summary>
internal sealed class CleverTapWebOptionsValidator : IValidateOptions<CleverTapWebOptions>
{
    public ValidateOptionsResult Validate(string? name, CleverTapWebOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        errors.AddErrors(options.ConfigurationErrors);
        errors.Require(!string.IsNullOrWhiteSpace(options.AccountId), "AccountId is missing, and there is no destination to take it from");
        EndpointRules.CheckRegion(errors, options.Region);
        errors.Require(
            IsAddress(options.SdkAddress),
            "SdkAddress must be an http(s) address, or a path of the site that begins with one /"
        );
        EndpointRules.CheckMapping(errors, options.Mapping ?? MappingOptions.Default);
        return errors.Build("CleverTap pages", options.ConfigurationErrors);
    }

    /// <summary>
    /// Whether an address leads to a script from every page of the site, shows no password, and is not of a kind such as
    /// <c>javascript:</c>.
    /// </summary>
    private static bool IsAddress(string? address)
    {
        if (string.IsNullOrEmpty(address) || address.Any(character => character is <= ' ' or '\\' or '\x7F'))
        {
            return false;
        }

        if (address.StartsWith("//", StringComparison.Ordinal))
        {
            // No path: a browser takes what follows for a host, with the scheme of the page.
            return address.Length > 2 && address[2] != '/' && IsWebAddress($"{Uri.UriSchemeHttps}:{address}");
        }

        return address[0] == '/' ? address.Length > 1 : IsWebAddress(address);
    }

    private static bool IsWebAddress(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out Uri? absolute)
        && absolute is { Host.Length: > 0, UserInfo.Length: 0 }
        && (absolute.Scheme == Uri.UriSchemeHttps || absolute.Scheme == Uri.UriSchemeHttp);
}
