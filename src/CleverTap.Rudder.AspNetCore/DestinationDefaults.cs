using CleverTap.Rudder.AspNetCore;
using CleverTap.Rudder.Internal.Options;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Internal.AspNetCore;

/// <summary>What the options leave open is as the destination without a name has it. The passcode has no place to go to.</summary>
internal sealed class DestinationDefaults(IServiceProvider services) : IPostConfigureOptions<CleverTapWebOptions>
{
    public void PostConfigure(string? name, CleverTapWebOptions options)
    {
        if (
            services
                .GetService<IServiceProviderIsKeyedService>()
                ?.IsKeyedService(typeof(ICleverTapDestination), Microsoft.Extensions.Options.Options.DefaultName) != true
        )
        {
            return;
        }

        CleverTapOptions destination = services
            .GetRequiredService<IOptionsMonitor<CleverTapOptions>>()
            .Get(Microsoft.Extensions.Options.Options.DefaultName);
        options.Mapping ??= destination.Mapping;
        if (!string.IsNullOrEmpty(options.AccountId))
        {
            return;
        }

        options.AccountId = destination.AccountId;
        if (string.IsNullOrEmpty(options.Region))
        {
            options.Region = RegionOf(destination);
        }
    }

    /// <summary>A destination may name CleverTap's host in place of the region.</summary>
    private static string RegionOf(CleverTapOptions destination) =>
        string.IsNullOrEmpty(destination.Region) && destination.Endpoint is { } endpoint
            ? CleverTapEndpoint.RegionOf(endpoint)
            : destination.Region;
}
