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
    /// A section with the members of <see cref="CleverTapOptions"/>. Its <c>Mapping</c> section may name a <c>Preset</c>
    /// (<c>Default</c> or <c>RudderTransformer</c>) and hold any member of <see cref="MappingOptions"/>. A value that is not an option is
    /// an error; sections of other components may be present.
    /// </param>
    /// <returns>The builder of the destination, for further calls.</returns>
    /// <exception cref="InvalidOperationException">There is a destination without a name already.</exception>
    /// <example>
    /// <code>
    /// builder.Services.AddCleverTapDestination(builder.Configuration.GetSection("CleverTap"));
    /// </code>
    /// </example>
    public static ICleverTapDestinationBuilder AddCleverTapDestination(this IServiceCollection services, IConfiguration section) =>
        services.AddCleverTapDestination(Options.Options.DefaultName, section);

    /// <summary>Registers an <see cref="ICleverTapDestination"/> from code.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The builder of the destination, for further calls.</returns>
    /// <exception cref="InvalidOperationException">There is a destination without a name already.</exception>
    public static ICleverTapDestinationBuilder AddCleverTapDestination(
        this IServiceCollection services,
        Action<CleverTapOptions> configure
    ) => services.AddCleverTapDestination(Options.Options.DefaultName, configure);

    /// <summary>Registers one of several destinations from configuration; get it as the keyed service of that name.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="name">The destination's name. Names must differ in more than case.</param>
    /// <param name="section">
    /// A section with the members of <see cref="CleverTapOptions"/>. Its <c>Mapping</c> section may name a <c>Preset</c>
    /// (<c>Default</c> or <c>RudderTransformer</c>) and hold any member of <see cref="MappingOptions"/>. A value that is not an option is
    /// an error; sections of other components may be present.
    /// </param>
    /// <returns>The builder of the destination, for further calls.</returns>
    /// <exception cref="InvalidOperationException">
    /// There is a destination of that name already, in this or another case, or the name is blank.
    /// </exception>
    public static ICleverTapDestinationBuilder AddCleverTapDestination(
        this IServiceCollection services,
        string name,
        IConfiguration section
    ) => Add(services, name, OptionsSource<CleverTapOptions>.FromSection(section, CleverTapOptionsReader.Read));

    /// <summary>Registers one of several destinations from code; get it as the keyed service of that name.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="name">The destination's name. Names must differ in more than case.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The builder of the destination, for further calls.</returns>
    /// <exception cref="InvalidOperationException">
    /// There is a destination of that name already, in this or another case, or the name is blank.
    /// </exception>
    public static ICleverTapDestinationBuilder AddCleverTapDestination(
        this IServiceCollection services,
        string name,
        Action<CleverTapOptions> configure
    ) => Add(services, name, OptionsSource<CleverTapOptions>.FromCode(configure));

    private static CleverTapDestinationBuilder Add(IServiceCollection services, string name, OptionsSource<CleverTapOptions> source)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        DestinationRegistration.Add(services, name, source.Section);
        AddOptions(services, name, source);
        services.AddDeliveryMonitor(name, _ => [name]);
        IHttpClientBuilder http = AddClient(services, name);
        AddDestination(services, name);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, CredentialsCheck>());
        return new CleverTapDestinationBuilder(name, services, http);
    }

    private static void AddOptions(IServiceCollection services, string name, OptionsSource<CleverTapOptions> source)
    {
        services.AddOptions<CleverTapOptions, CleverTapOptionsValidator>(name, source);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CleverTapOptions>, DestinationValidator>());
        if (source.Section is { } section)
        {
            // A section that is reloaded takes effect without a restart: each upload reads the options anew.
            services.AddSingleton<IOptionsChangeTokenSource<CleverTapOptions>>(
                new ConfigurationChangeTokenSource<CleverTapOptions>(name, section)
            );
        }
    }

    private static IHttpClientBuilder AddClient(IServiceCollection services, string name)
    {
        IHttpClientBuilder http = services.AddCleverTapHttpClient(
            $"CleverTap.Rudder{(name.Length == 0 ? "" : ":")}{name}",
            provider => OptionsOf(provider, name).ConnectTimeout
        );
        services.AddKeyedTransient(
            name,
            (provider, _) =>
                CleverTapClient.CreateValidated(
                    provider.GetRequiredService<IHttpClientFactory>().CreateClient(http.Name),
                    OptionsOf(provider, name),
                    provider.GetRequiredService<TimeProvider>()
                )
        );
        if (name.Length == 0)
        {
            services.AddTransient(provider => provider.GetRequiredKeyedService<CleverTapClient>(name));
        }

        return http;
    }

    /// <summary>
    /// Registers a singleton, because the limit of uploads in flight belongs to the account. Each upload gets its own client from the
    /// factory.
    /// </summary>
    private static void AddDestination(IServiceCollection services, string name)
    {
        services.AddKeyedSingleton(
            name,
            (provider, _) =>
                new CleverTapDestination(
                    () => provider.GetRequiredKeyedService<CleverTapClient>(name),
                    OptionsOf(provider, name),
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
    }

    private static CleverTapOptions OptionsOf(IServiceProvider provider, string name) =>
        provider.GetRequiredService<IOptionsMonitor<CleverTapOptions>>().Get(name);

    /// <summary>
    /// Adds a client without a timeout: the timeout of the options applies to each call, apart from a caller's cancellation. The client
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
