using CleverTap.Rudder.AspNetCore;
using CleverTap.Rudder.Internal.AspNetCore;
using CleverTap.Rudder.Internal.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers what pages need to send events through CleverTap's web SDK.</summary>
public static class CleverTapWebServiceCollectionExtensions
{
    /// <summary>
    /// Registers an <see cref="ICleverTapPage"/> for each request; account, region and mapping are the registered destination's.
    /// </summary>
    /// <param name="services">The host's services.</param>
    public static IServiceCollection AddCleverTapWeb(this IServiceCollection services) =>
        Add(services, OptionsSource<CleverTapWebOptions>.Defaults);

    /// <summary>Registers an <see cref="ICleverTapPage"/> for each request, from configuration.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="section">
    /// A section with the members of <see cref="CleverTapWebOptions"/>. A value that is not an option, such as a passcode, is an
    /// error; other sections are ignored.
    /// </param>
    public static IServiceCollection AddCleverTapWeb(this IServiceCollection services, IConfiguration section) =>
        Add(services, OptionsSource<CleverTapWebOptions>.FromSection(section, CleverTapWebOptionsReader.Read));

    /// <summary>Registers an <see cref="ICleverTapPage"/> for each request, from code.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets the options.</param>
    public static IServiceCollection AddCleverTapWeb(this IServiceCollection services, Action<CleverTapWebOptions> configure) =>
        Add(services, OptionsSource<CleverTapWebOptions>.FromCode(configure));

    private static IServiceCollection Add(IServiceCollection services, OptionsSource<CleverTapWebOptions> source)
    {
        services.AddOptions<CleverTapWebOptions, CleverTapWebOptionsValidator>(Options.Options.DefaultName, source);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<CleverTapWebOptions>, DestinationDefaults>());
        services.TryAddScoped<ICleverTapPage, CleverTapPage>();
        return services;
    }
}
