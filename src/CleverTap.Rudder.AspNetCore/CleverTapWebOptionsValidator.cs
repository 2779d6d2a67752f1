using CleverTap.Rudder.AspNetCore;
using CleverTap.Rudder.Internal.Mapping;
using CleverTap.Rudder.Internal.Options;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Internal.AspNetCore;

/// <summary>Every error of the options in one message.</summary>
internal sealed class CleverTapWebOptionsValidator : IValidateOptions<CleverTapWebOptions>
{
    public ValidateOptionsResult Validate(string? name, CleverTapWebOptions options)
    {
        List<string> errors = [.. options.ConfigurationErrors];
        if (string.IsNullOrWhiteSpace(options.AccountId))
        {
            errors.Add("AccountId is missing, and there is no destination to take it from");
        }

        if (CleverTapEndpoint.RegionFault(options.Region) is { } fault)
        {
            errors.Add(fault);
        }

        if (!IsAddress(options.SdkAddress))
        {
            errors.Add("SdkAddress must be an http(s) address, or a path of the site that begins with one /");
        }

        errors.AddRange(MappingRulesValidator.Validate(options.Mapping ?? MappingOptions.Default).Select(error => $"Mapping:{error}"));
        return errors.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"CleverTap pages{options.ConfigurationErrors.Source}: {string.Join("; ", errors)}.");
    }

    /// <summary>Whether it leads to a script from every page of the site, shows no password, and is nothing like <c>javascript:</c>.</summary>
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
