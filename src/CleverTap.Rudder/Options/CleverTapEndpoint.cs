using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace CleverTap.Rudder.Internal.Options;

/// <summary>
/// Creates CleverTap's addresses: <c>https://{region}.api.clevertap.com/</c>, or <c>https://api.clevertap.com/</c> without a region.
/// </summary>
internal static class CleverTapEndpoint
{
    private const string Host = "api.clevertap.com";

    private static readonly SearchValues<char> RegionCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    public static Uri From(CleverTapOptions options)
    {
        if (options.Endpoint is { } endpoint)
        {
            return endpoint.AbsoluteUri.EndsWith('/') ? endpoint : new Uri(endpoint.AbsoluteUri + "/");
        }

        return FromRegion(Normalize(options.Region));
    }

    public static Uri FromRegion(string? region) => new(IsDefault(region) ? $"https://{Host}/" : $"https://{region}.{Host}/");

    /// <summary>Whether an address belongs to CleverTap: HTTPS, one of its hosts, and the default port.</summary>
    public static bool IsCleverTap(Uri address) =>
        address is { IsAbsoluteUri: true, IsDefaultPort: true, UserInfo.Length: 0 }
        && address.Scheme == Uri.UriSchemeHttps
        && (
            address.Host == Host
            || (address.Host.EndsWith($".{Host}", StringComparison.Ordinal) && IsRegion(address.Host[..^(Host.Length + 1)]))
        );

    /// <summary>Returns the region in an address of CleverTap. Returns the empty string for another address.</summary>
    public static string RegionOf(Uri address) => IsCleverTap(address) && address.Host != Host ? address.Host[..^(Host.Length + 1)] : "";

    /// <summary>
    /// Normalizes a region in any case and with blanks: <c>" EU1 "</c> and <c>eu</c> become <c>eu1</c>, and <c>none</c> becomes empty.
    /// </summary>
    public static string Normalize(string? region)
    {
        string name = region?.Trim().ToLowerInvariant() ?? "";
        if (IsDefault(name))
        {
            return "";
        }

        return name.Length == 2 && name.All(char.IsAsciiLetter) ? $"{name}1" : name;
    }

    /// <summary>Returns the error of a region before it is normalized, or null.</summary>
    public static string? RegionError(string? region)
    {
        string name = Normalize(region);
        if (name == "global")
        {
            return "Region global is not a region of CleverTap: leave Region empty, which is Europe (eu1), "
                + "or name the one in the dashboard's address, such as in1";
        }

        return IsRegion(name) ? null : "Region may hold letters, digits and hyphens, such as in1";
    }

    /// <summary>Whether a region is safe as a part of a host name, so that it cannot change the host.</summary>
    public static bool IsRegion(string? region) =>
        IsDefault(region)
        || (!region.AsSpan().ContainsAnyExcept(RegionCharacters) && region[0] != '-' && region[^1] != '-' && region.Length <= 63);

    private static bool IsDefault([NotNullWhen(false)] string? region) => region is null or "" or "none";
}
