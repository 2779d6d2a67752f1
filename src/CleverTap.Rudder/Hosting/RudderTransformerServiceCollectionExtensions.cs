using CleverTap.Rudder;
using CleverTap.Rudder.Internal.Hosting;
using CleverTap.Rudder.Internal.Options;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the services of a host that replaces rudder-transformer for CleverTap.</summary>
public static class RudderTransformerServiceCollectionExtensions
{
    private const string ClientName = "CleverTap.Rudder.Transformer";

    /// <summary>Registers <see cref="RudderTransformerProtocol"/> and <see cref="RudderTransformerProxy"/> from configuration.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="section">
    /// A section with the members of <see cref="RudderTransformerOptions"/>; its <c>Mapping</c> section may name a <c>Preset</c>
    /// and hold any member of <see cref="MappingOptions"/>. A value that is not an option is an error.
    /// </param>
    /// <returns>The builder of the HTTP client under the proxy, for further calls.</returns>
    public static IHttpClientBuilder AddRudderTransformer(this IServiceCollection services, IConfiguration section) =>
        Add(services, OptionsSource<RudderTransformerOptions>.FromSection(section, RudderTransformerOptionsReader.Read));

    /// <summary>Registers <see cref="RudderTransformerProtocol"/> and <see cref="RudderTransformerProxy"/> from code.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The builder of the HTTP client under the proxy, for further calls.</returns>
    public static IHttpClientBuilder AddRudderTransformer(this IServiceCollection services, Action<RudderTransformerOptions> configure) =>
        Add(services, OptionsSource<RudderTransformerOptions>.FromCode(configure));

    private static IHttpClientBuilder Add(IServiceCollection services, OptionsSource<RudderTransformerOptions> source)
    {
        services.AddOptions<RudderTransformerOptions, RudderTransformerOptionsValidator>(Options.Options.DefaultName, source);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new RudderTransformerProtocol(OptionsOf(provider).Mapping));
        services.AddTransient(provider => new RudderTransformerProxy(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(ClientName),
            OptionsOf(provider),
            provider.GetRequiredService<TimeProvider>()
        ));
        return services
            .AddCleverTapHttpClient(ClientName, provider => OptionsOf(provider).ConnectTimeout)
            .ConfigureHttpClient(client => client.DefaultRequestHeaders.UserAgent.ParseAdd("RudderLabs"));
    }

    private static RudderTransformerOptions OptionsOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<RudderTransformerOptions>>().Value;
}
