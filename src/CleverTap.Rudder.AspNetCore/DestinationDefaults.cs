using CleverTap.Rudder.AspNetCore;
using CleverTap.Rudder.Internal.Options;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ExtensionsOptions = Microsoft.Extensions.Options.Options;

namespace CleverTap.Rudder.Internal.AspNetCore;

/// <summary>
/// Copies the mapping of the destination without a name if it is not set, and its account id and region if there is no account id.
/// </summary>
/// <remarks>The options have no passcode, so it cannot be copied.</remarks>
internal sealed class DestinationDefaults(IServiceProvider services) : IPostConfigureOptions<CleverTapWebOptions>
{
    public void PostConfigure(string? name, CleverTapWebOptions options)
    {
        if (!IsDestinationRegistered())
        {
            return;
        }

        CleverTapOptions destination = services.GetRequiredService<IOptionsMonitor<CleverTapOptions>>().Get(ExtensionsOptions.DefaultName);
        options.Mapping ??= destination.Mapping;
        if (!string.IsNullOrEmpty(options.AccountId))
        {
            return;
        }

        options.AccountId = destination.AccountId;
        if (string.IsNullOrEmpty(options.Region))
        {
            options.Region = FindRegion(destination);
        }
    }

    private bool IsDestinationRegistered() =>
        services.GetService<IServiceProviderIsKeyedService>()?.IsKeyedService(typeof(ICleverTapDestination), ExtensionsOptions.DefaultName)
        == true;

    /// <summary>A destination may have CleverTap's host as its endpoint instead of the region.</summary>
    private static string FindRegion(CleverTapOptions destination) =>
        string.IsNullOrEmpty(destination.Region) && destination.Endpoint is { } endpoint
            ? CleverTapEndpoint.RegionOf(endpoint)
            : destination.Region;
}
