using CleverTap.Rudder;
using CleverTap.Rudder.Internal.Delivery;
using CleverTap.Rudder.Internal.Hosting;
using CleverTap.Rudder.Internal.Options;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers CleverTap destinations.</summary>
public static class CleverTapServiceCollectionExtensions
{
    /// <summary>Registers an <see cref="ICleverTapDestination"/> from configuration.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="section">
    /// A section with the members of <see cref="CleverTapOptions"/>; its <c>Mapping</c> section may name a <c>Preset</c>
    /// (<c>Default</c> or <c>RudderTransformer</c>) and hold any member of <see cref="MappingOptions"/>. A value that is no
    /// option is an error; sections of other things may stand beside.
    /// </param>
    /// <returns>The destination, to build further on.</returns>
    /// <exception cref="InvalidOperationException">There is a destination of that name already, or a second one has none.</exception>
    public static ICleverTapDestinationBuilder AddCleverTapDestination(this IServiceCollection services, IConfiguration section) =>
        services.AddCleverTapDestination(Options.Options.DefaultName, section);

    /// <summary>Registers an <see cref="ICleverTapDestination"/> from code.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The destination, to build further on.</returns>
    /// <exception cref="InvalidOperationException">There is a destination of that name already, or a second one has none.</exception>
    public static ICleverTapDestinationBuilder AddCleverTapDestination(
        this IServiceCollection services,
        Action<CleverTapOptions> configure
    ) => services.AddCleverTapDestination(Options.Options.DefaultName, configure);

    /// <summary>Registers one of several destinations from configuration; get it as the keyed service of that name.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="name">The destination's name.</param>
    /// <param name="section">
    /// A section with the members of <see cref="CleverTapOptions"/>; its <c>Mapping</c> section may name a <c>Preset</c>
    /// (<c>Default</c> or <c>RudderTransformer</c>) and hold any member of <see cref="MappingOptions"/>. A value that is no
    /// option is an error; sections of other things may stand beside.
    /// </param>
    /// <returns>The destination, to build further on.</returns>
    /// <exception cref="InvalidOperationException">There is a destination of that name already, or a second one has none.</exception>
    public static ICleverTapDestinationBuilder AddCleverTapDestination(
        this IServiceCollection services,
        string name,
        IConfiguration section
    )
    {
        ArgumentNullException.ThrowIfNull(section);
        return Add(
            services,
            name,
            section,
            options =>
            {
                options.Configure(read => OptionsConfiguration.Read(read, section));

                // A section that is reloaded takes effect without a restart: each upload asks for the options anew.
                options.Services.AddSingleton<IOptionsChangeTokenSource<CleverTapOptions>>(
                    new ConfigurationChangeTokenSource<CleverTapOptions>(name, section)
                );
            }
        );
    }

    /// <summary>Registers one of several destinations from code; get it as the keyed service of that name.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="name">The destination's name.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The destination, to build further on.</returns>
    /// <exception cref="InvalidOperationException">There is a destination of that name already, or a second one has none.</exception>
    public static ICleverTapDestinationBuilder AddCleverTapDestination(
        this IServiceCollection services,
        string name,
        Action<CleverTapOptions> configure
    )
    {
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, name, section: null, options => options.Configure(configure));
    }

    private static CleverTapDestinationBuilder Add(
        IServiceCollection services,
        string name,
        IConfiguration? section,
        Action<OptionsBuilder<CleverTapOptions>> configure
    )
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        DestinationRegistration.Add(services, name, section);
        configure(services.AddOptions<CleverTapOptions>(name).ValidateOnStart());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CleverTapOptions>, CleverTapOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CleverTapOptions>, DestinationValidator>());

        IHttpClientBuilder http = services.AddCleverTapHttpClient(
            $"CleverTap.Rudder{(name.Length == 0 ? "" : ":")}{name}",
            provider => provider.GetRequiredService<IOptionsMonitor<CleverTapOptions>>().Get(name).ConnectTimeout
        );
        services.AddDeliveryMonitor(name);
        services.AddKeyedTransient(
            name,
            (provider, _) =>
                CleverTapClient.OverValidated(
                    provider.GetRequiredService<IHttpClientFactory>().CreateClient(http.Name),
                    provider.GetRequiredService<IOptionsMonitor<CleverTapOptions>>().Get(name),
                    provider.GetRequiredService<TimeProvider>()
                )
        );

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, CredentialsCheck>());

        // One for all, because the limit of uploads under way is the account's; each upload gets a client of the factory's.
        services.AddKeyedSingleton(
            name,
            (provider, _) =>
                new CleverTapDestination(
                    () => provider.GetRequiredKeyedService<CleverTapClient>(name),
                    provider.GetRequiredService<IOptionsMonitor<CleverTapOptions>>().Get(name),
                    provider.GetRequiredKeyedService<DeliveryMonitor>(name),
                    provider.GetRequiredService<TimeProvider>(),
                    Random.Shared.NextDouble,
                    new EventHooks([.. provider.GetKeyedServices<EventHook>(name)])
                )
                {
                    Queues = () => provider.GetKeyedServices<IUserEvents>(name),
                }
        );
        services.AddDeliveryTarget<CleverTapDestination>(name);
        if (name.Length == 0)
        {
            services.AddTransient(provider => provider.GetRequiredKeyedService<CleverTapClient>(name));
        }

        return new CleverTapDestinationBuilder(name, services, http);
    }

    /// <summary>
    /// A client without a timeout of its own: the timeout of the options is per call and kept apart from a caller's cancellation. It
    /// follows no redirection, which would carry the passcode elsewhere, and keeps no cookies, which the proxy's accounts would share.
    /// </summary>
    internal static IHttpClientBuilder AddCleverTapHttpClient(
        this IServiceCollection services,
        string name,
        Func<IServiceProvider, TimeSpan> connectTimeout
    ) =>
        services
            .AddHttpClient(name, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(provider => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = connectTimeout(provider),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            });
}
