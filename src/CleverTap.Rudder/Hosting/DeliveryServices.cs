using CleverTap.Rudder.Internal.Delivery;
using CleverTap.Rudder.Internal.Queues;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Internal.Hosting;

/// <summary>Registers the services that a destination and a route have in common.</summary>
internal static class DeliveryServices
{
    /// <summary>Adds metrics, health and the monitor that reports to them.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="name">The name of the destination or route.</param>
    /// <param name="accounts">Returns the names of the destinations whose accounts the health check covers.</param>
    public static void AddDeliveryMonitor(
        this IServiceCollection services,
        string name,
        Func<IServiceProvider, IEnumerable<string>> accounts
    )
    {
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<CleverTapMetrics>();
        services.TryAddSingleton<QueueMetrics>();
        services.AddKeyedSingleton(name, (_, _) => new AccountHealth());
        services.AddKeyedSingleton(
            name,
            (provider, _) =>
                new CleverTapHealth(
                    name,
                    accounts(provider)
                        .ToDictionary(account => account, account => provider.GetRequiredKeyedService<AccountHealth>(account)),
                    () => provider.GetRequiredService<QueueMetrics>().Queues.GetValueOrDefault(name)?.State
                )
        );
        services.AddKeyedSingleton(
            name,
            (provider, _) =>
                new DeliveryMonitor(
                    name,
                    provider.GetRequiredService<CleverTapMetrics>(),
                    provider.GetRequiredKeyedService<AccountHealth>(name),
                    provider.GetRequiredService<ILogger<CleverTapDestination>>(),
                    provider.GetRequiredService<TimeProvider>()
                )
        );
    }

    /// <summary>Makes the host's calls and its queue use the destination or route <typeparamref name="T"/>.</summary>
    public static void AddDeliveryTarget<T>(this IServiceCollection services, string name)
        where T : class, ICleverTapDestination, IDeliveryTarget
    {
        services.AddKeyedSingleton<IDeliveryTarget>(name, (provider, _) => provider.GetRequiredKeyedService<T>(name));
        services.AddKeyedSingleton<ICleverTapDestination>(name, (provider, _) => provider.GetRequiredKeyedService<T>(name));
        if (name.Length == 0)
        {
            services.AddSingleton(provider => provider.GetRequiredKeyedService<ICleverTapDestination>(name));
        }
    }
}
