using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder;

/// <summary>Registers the background queue of a destination: in memory, on disk, or behind a broker.</summary>
internal static class BackgroundQueues
{
    /// <exception cref="InvalidOperationException">The destination has a queue already.</exception>
    public static void Add<TQueue>(ICleverTapDestinationBuilder builder, Func<IServiceProvider, TQueue> create)
        where TQueue : class, ICleverTapQueue, IHostedService
    {
        (string name, IServiceCollection services) = (builder.Name, builder.Services);
        if (services.Any(service => service.ServiceType == typeof(ICleverTapQueue) && name.Equals(service.ServiceKey)))
            throw new InvalidOperationException($"CleverTap destination '{name}' has a background queue already; it can have one: in memory, an outbox or a topic.");

        services.AddKeyedSingleton(name, (provider, _) => create(provider));
        services.AddKeyedSingleton<ICleverTapQueue>(name, (provider, _) => provider.GetRequiredKeyedService<TQueue>(name));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredKeyedService<TQueue>(name));
        if (name.Length == 0) services.AddSingleton(provider => provider.GetRequiredKeyedService<ICleverTapQueue>(name));
    }
}
