using Microsoft.Extensions.DependencyInjection;

namespace CleverTap.Rudder;

/// <summary>Configures a registered destination, or a route in front of several destinations.</summary>
public interface ICleverTapDestinationBuilder
{
    /// <summary>The destination's name; the empty string for the one without a name.</summary>
    string Name { get; }

    /// <summary>The services in which the destination is registered.</summary>
    IServiceCollection Services { get; }

    /// <summary>The HTTP client of the destination, to which you can add handlers, proxies or resilience.</summary>
    /// <exception cref="InvalidOperationException">The builder configures a route, which has no HTTP client.</exception>
    IHttpClientBuilder HttpClientBuilder { get; }
}
