using CleverTap.Rudder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets a background service deliver for a destination.</summary>
public static class CleverTapBackgroundDeliveryExtensions
{
    /// <summary>
    /// Registers an <see cref="ICleverTapQueue"/> and the hosted service that delivers its events. It keeps what did not get
    /// through and sends it again, pauses while CleverTap refuses the credentials, and drains when the host stops.
    /// </summary>
    /// <param name="builder">The destination.</param>
    /// <param name="configure">Sets the options; the defaults where left out.</param>
    /// <param name="deadLetter">Takes the events that will not be delivered. Without it they are counted and logged only.</param>
    /// <returns>The destination, to build further on.</returns>
    public static ICleverTapDestinationBuilder AddBackgroundDelivery(
        this ICleverTapDestinationBuilder builder, Action<BackgroundDeliveryOptions>? configure = null, DeadLetterHandler? deadLetter = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return Add(builder, options => options.Configure(configure ?? (_ => { })), deadLetter);
    }

    /// <inheritdoc cref="AddBackgroundDelivery(ICleverTapDestinationBuilder, Action{BackgroundDeliveryOptions}?, DeadLetterHandler?)"/>
    /// <param name="builder">The destination.</param>
    /// <param name="section">A section with the members of <see cref="BackgroundDeliveryOptions"/>.</param>
    /// <param name="deadLetter">Takes the events that will not be delivered. Without it they are counted and logged only.</param>
    public static ICleverTapDestinationBuilder AddBackgroundDelivery(
        this ICleverTapDestinationBuilder builder, IConfiguration section, DeadLetterHandler? deadLetter = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        return Add(builder, options => options.Configure(read => OptionsConfiguration.Read(read, section)), deadLetter);
    }

    private static ICleverTapDestinationBuilder Add(
        ICleverTapDestinationBuilder builder, Action<OptionsBuilder<BackgroundDeliveryOptions>> configure, DeadLetterHandler? deadLetter)
    {
        string name = builder.Name;
        IServiceCollection services = builder.Services;
        configure(services.AddOptions<BackgroundDeliveryOptions>(name).ValidateOnStart());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<BackgroundDeliveryOptions>, BackgroundDeliveryOptionsValidator>());
        services.AddKeyedSingleton(name, (provider, _) =>
        {
            ILogger logger = provider.GetRequiredService<ILogger<CleverTapQueue>>();
            return new CleverTapQueue(
                name,
                provider.GetRequiredKeyedService<ICleverTapDestination>(name),
                provider.GetRequiredService<IOptionsMonitor<CleverTapOptions>>().Get(name),
                provider.GetRequiredService<IOptionsMonitor<BackgroundDeliveryOptions>>().Get(name),
                new DeadLetters(name, deadLetter, logger),
                provider.GetRequiredService<CleverTapMetrics>(),
                logger,
                provider.GetRequiredService<TimeProvider>());
        });
        services.AddKeyedSingleton<ICleverTapQueue>(name, (provider, _) => provider.GetRequiredKeyedService<CleverTapQueue>(name));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredKeyedService<CleverTapQueue>(name));
        if (name.Length == 0) services.AddSingleton(provider => provider.GetRequiredKeyedService<ICleverTapQueue>(name));
        return builder;
    }
}
