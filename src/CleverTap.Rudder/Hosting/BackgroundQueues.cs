using System.Diagnostics.CodeAnalysis;
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
    /// <summary>Registers a queue, its options and their validator.</summary>
    /// <param name="builder">The destination.</param>
    /// <param name="method">The public method that adds the queue, for error messages.</param>
    /// <param name="source">Where the options come from.</param>
    /// <param name="create">Creates the queue.</param>
    /// <exception cref="InvalidOperationException">The destination has a queue already.</exception>
    public static ICleverTapDestinationBuilder Add<
        TQueue,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TValidator
    >(ICleverTapDestinationBuilder builder, string method, OptionsSource<TOptions> source, Func<QueueDependencies<TOptions>, TQueue> create)
        where TQueue : class, ICleverTapQueue, IUserEvents, IQueueState, IHostedService
        where TOptions : BackgroundDeliveryOptions
        where TValidator : class, IValidateOptions<TOptions>
    {
        ArgumentNullException.ThrowIfNull(builder);
        (string name, IServiceCollection services) = (builder.Name, builder.Services);
        DestinationRegistration.Find(services, name)?.AddQueue(method);
        services.AddOptions<TOptions, TValidator>(name, source);
        AddQueue(services, name, provider => create(DependenciesOf<TQueue, TOptions>(provider, name)));
        return builder;
    }

    /// <summary>Registers the dead letters of a queue that stores them.</summary>
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

    /// <summary>Registers one queue as all its services, and the hosted service that runs it.</summary>
    private static void AddQueue<TQueue>(IServiceCollection services, string name, Func<IServiceProvider, TQueue> create)
        where TQueue : class, ICleverTapQueue, IUserEvents, IQueueState, IHostedService
    {
        services.AddKeyedSingleton(name, (provider, _) => Monitored(provider, name, create(provider)));
        services.AddKeyedSingleton<ICleverTapQueue>(name, (provider, _) => provider.GetRequiredKeyedService<TQueue>(name));
        services.AddKeyedSingleton<IUserEvents>(name, (provider, _) => provider.GetRequiredKeyedService<TQueue>(name));
        services.AddSingleton<IHostedService>(provider => new QueueHost(() => provider.GetRequiredKeyedService<TQueue>(name)));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, QueueMonitor>());
        if (name.Length == 0)
        {
            services.AddSingleton(provider => provider.GetRequiredKeyedService<ICleverTapQueue>(name));
        }
    }

    /// <summary>Makes metrics and the health check see the queue.</summary>
    private static TQueue Monitored<TQueue>(IServiceProvider provider, string name, TQueue queue)
        where TQueue : IQueueState
    {
        provider.GetRequiredService<QueueMetrics>().Queues[name] = queue;
        return queue;
    }

    private static QueueDependencies<TOptions> DependenciesOf<
        TQueue,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions
    >(IServiceProvider provider, string name)
        where TOptions : BackgroundDeliveryOptions
    {
        ILogger logger = provider.GetRequiredService<ILogger<TQueue>>();
        TimeProvider time = provider.GetRequiredService<TimeProvider>();
        TOptions options = provider.GetRequiredService<IOptionsMonitor<TOptions>>().Get(name);
        OutcomeHandlers handlers = OutcomeHandlers.Create(provider, name, options, new QueueLog(name, logger));
        IDeliveryTarget target = provider.GetRequiredKeyedService<IDeliveryTarget>(name);
        return new QueueDependencies<TOptions>(name, target, options, handlers, provider.GetRequiredService<QueueMetrics>(), logger, time);
    }
}
