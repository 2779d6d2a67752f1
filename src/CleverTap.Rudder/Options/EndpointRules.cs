using CleverTap.Rudder.Internal.Mapping;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Internal.Options;

/// <summary>The rules for every call to CleverTap: its address, headers, timeouts and response.</summary>
internal static class EndpointRules
{
    /// <summary>Returns the error of credentials that come with a request, or null. It never quotes them.</summary>
    public static string? CredentialsError(string? accountId, string? passcode) =>
        IsHeaderValue(accountId) && IsHeaderValue(passcode)
            ? null
            : "The account id or passcode holds characters that no HTTP header can carry";

    public static bool IsHeaderValue(string? value) => value is null || value.All(character => character is >= ' ' and < '\x7F');

    public static void CheckRegion(ValidateOptionsResultBuilder errors, string? region)
    {
        if (CleverTapEndpoint.RegionError(region) is { } error)
        {
            errors.AddError(error);
        }
    }

    public static void CheckEndpoint(ValidateOptionsResultBuilder errors, Uri? endpoint, bool allowInsecure)
    {
        if (endpoint is null)
        {
            return;
        }

        if (!endpoint.IsAbsoluteUri)
        {
            errors.AddError("Endpoint must be an absolute address");
            return;
        }

        errors.Require(
            allowInsecure || IsSecure(endpoint),
            "Endpoint must be https, unless it is a loopback address or AllowInsecureEndpoint is on"
        );
        errors.Require(
            endpoint.UserInfo.Length == 0 && endpoint.Query.Length == 0 && endpoint.Fragment.Length == 0,
            "Endpoint must be an address without user, query or fragment"
        );
        errors.Require(
            !endpoint.AbsolutePath.TrimEnd('/').EndsWith("/1/upload", StringComparison.OrdinalIgnoreCase),
            "Endpoint must be an address without the path /1/upload, which is added to it"
        );
    }

    public static void CheckMapping(ValidateOptionsResultBuilder errors, MappingOptions? mapping)
    {
        errors.Require(mapping is not null, "Mapping is missing");
        errors.AddErrors(MappingRulesValidator.Validate(mapping ?? MappingOptions.Default).Select(error => $"Mapping:{error}"));
    }

    public static void CheckTimeouts(ValidateOptionsResultBuilder errors, TimeSpan timeout, TimeSpan connectTimeout)
    {
        errors.RequireTimeout(nameof(CleverTapOptions.Timeout), timeout);
        errors.RequireTimeout(nameof(CleverTapOptions.ConnectTimeout), connectTimeout);
    }

    public static void CheckMaxResponseBytes(ValidateOptionsResultBuilder errors, int maxResponseBytes) =>
        errors.Require(maxResponseBytes > 0, $"MaxResponseBytes must be positive, not {maxResponseBytes}");

    private static bool IsSecure(Uri endpoint) =>
        endpoint.Scheme == Uri.UriSchemeHttps || (endpoint.Scheme == Uri.UriSchemeHttp && endpoint.IsLoopback);
}
