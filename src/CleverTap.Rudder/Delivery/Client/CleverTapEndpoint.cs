using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace CleverTap.Rudder;

/// <summary>CleverTap's address: <c>https://{region}.api.clevertap.com/</c>, without a region <c>https://api.clevertap.com/</c>.</summary>
internal static class CleverTapEndpoint
{
    private const string Host = "api.clevertap.com";

    private static readonly SearchValues<char> RegionCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    public static Uri Of(CleverTapOptions options)
    {
        if (options.Endpoint is { } endpoint)
            return endpoint.AbsoluteUri.EndsWith('/') ? endpoint : new Uri(endpoint.AbsoluteUri + "/");
        return OfRegion(options.Region);
    }

    public static Uri OfRegion(string? region) => new(IsDefault(region) ? $"https://{Host}/" : $"https://{region}.{Host}/");

    /// <summary>Whether an address is CleverTap's own: https, one of its hosts, no other port.</summary>
    public static bool IsCleverTap(Uri address) =>
        address is { IsAbsoluteUri: true, IsDefaultPort: true, UserInfo.Length: 0 } && address.Scheme == Uri.UriSchemeHttps
        && (address.Host == Host || (address.Host.EndsWith($".{Host}", StringComparison.Ordinal) && IsRegion(address.Host[..^(Host.Length + 1)])));

    /// <summary>The region in one of CleverTap's own addresses; empty in others.</summary>
    public static string RegionOf(Uri address) => IsCleverTap(address) && address.Host != Host ? address.Host[..^(Host.Length + 1)] : "";

    /// <summary>Whether a region can stand in a host name and lead nowhere else.</summary>
    public static bool IsRegion(string? region) =>
        IsDefault(region) || (!region.AsSpan().ContainsAnyExcept(RegionCharacters) && region[0] != '-' && region[^1] != '-' && region.Length <= 63);

    private static bool IsDefault([NotNullWhen(false)] string? region) => region is null or "" or "none";
}
