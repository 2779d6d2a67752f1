using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace CleverTap.Rudder;

/// <summary>CleverTap's address: <c>https://{region}.api.clevertap.com/</c>, without a region <c>https://api.clevertap.com/</c>.</summary>
internal static class CleverTapEndpoint
{
    private static readonly SearchValues<char> RegionCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    public static Uri Of(CleverTapOptions options)
    {
        if (options.Endpoint is { } endpoint)
            return endpoint.AbsoluteUri.EndsWith('/') ? endpoint : new Uri(endpoint.AbsoluteUri + "/");
        return new Uri(IsDefault(options.Region) ? "https://api.clevertap.com/" : $"https://{options.Region}.api.clevertap.com/");
    }

    /// <summary>Whether a region can stand in a host name and lead nowhere else.</summary>
    public static bool IsRegion(string? region) =>
        IsDefault(region) || (!region.AsSpan().ContainsAnyExcept(RegionCharacters) && region[0] != '-' && region[^1] != '-' && region.Length <= 63);

    private static bool IsDefault([NotNullWhen(false)] string? region) => region is null or "" or "none";
}
