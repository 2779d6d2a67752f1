using CleverTap.Rudder.Internal.Delivery;
using CleverTap.Rudder.Internal.Queues;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Internal.Hosting;

/// <summary>Registers the background queue of a destination: in memory, on disk, or behind a broker.</summary>
internal static class BackgroundQueues
{
    /// <exception cref="InvalidOperationException">The destination has a queue already.</exception>
    public static ICleverTapDestinationBuilder Add<TQueue, TOptions, TValidator>(
        ICleverTapDestinationBuilder builder,
        string method,
        Action<TOptions> configure,
        Func<QueueDependencies<TOptions>, TQueue> create
    )
        where TQueue : class, ICleverTapQueue, IUserEvents, IQueueState, IHostedService
        where TOptions : BackgroundDeliveryOptions, new()
        where TValidator : class, IValidateOptions<TOptions>, new()
    {
        (string name, IServiceCollection services) = (builder.Name, builder.Services);
        DestinationRegistration.Find(services, name)?.AddQueue(method);
        services.AddOptions<TOptions>(name).Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, TValidator>(_ => new TValidator()));
        services.AddKeyedSingleton(name, (provider, _) => Watched(provider, name, create(PartsOf<TQueue, TOptions>(provider, name))));
        services.AddKeyedSingleton<ICleverTapQueue>(name, (provider, _) => provider.GetRequiredKeyedService<TQueue>(name));
        services.AddKeyedSingleton<IUserEvents>(name, (provider, _) => provider.GetRequiredKeyedService<TQueue>(name));
        services.AddSingleton<IHostedService>(provider => new QueueHost(() => provider.GetRequiredKeyedService<TQueue>(name)));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, QueueMonitor>());
        if (name.Length == 0)
        {
            services.AddSingleton(provider => provider.GetRequiredKeyedService<ICleverTapQueue>(name));
        }

        return builder;
    }

    /// <summary>Registers the dead letters of a queue that keeps them.</summary>
    public static void AddDeadLetters<TQueue>(ICleverTapDestinationBuilder builder, Func<TQueue, IDeadLetters> deadLetters)
        where TQueue : class
    {
        (string name, IServiceCollection services) = (builder.Name, builder.Services);
        services.AddKeyedSingleton(name, (provider, _) => deadLetters(provider.GetRequiredKeyedService<TQueue>(name)));
        if (name.Length == 0)
        {
            services.AddSingleton(provider => provider.GetRequiredKeyedService<IDeadLetters>(name));
        }
    }

    private static TQueue Watched<TQueue>(IServiceProvider provider, string name, TQueue queue)
        where TQueue : IQueueState
    {
        provider.GetRequiredService<QueueMetrics>().Queues[name] = queue;
        return queue;
    }

    private static QueueDependencies<TOptions> PartsOf<TQueue, TOptions>(IServiceProvider provider, string name)
        where TOptions : BackgroundDeliveryOptions, new()
    {
        ILogger logger = provider.GetRequiredService<ILogger<TQueue>>();
        TimeProvider time = provider.GetRequiredService<TimeProvider>();
        TOptions options = provider.GetRequiredService<IOptionsMonitor<TOptions>>().Get(name);
        OutcomeHandlers handlers = OutcomeHandlers.Create(provider, name, options, new QueueLog(name, logger));
        IDeliveryTarget target = provider.GetRequiredKeyedService<IDeliveryTarget>(name);
        return new QueueDependencies<TOptions>(name, target, options, handlers, provider.GetRequiredService<QueueMetrics>(), logger, time);
    }
}
