using Microsoft.Extensions.DependencyInjection;

namespace CleverTap.Rudder;

/// <summary>A registered destination, or a route in front of several, to build further on.</summary>
public interface ICleverTapDestinationBuilder
{
    /// <summary>The destination's name; the empty string for the one without a name.</summary>
    string Name { get; }

    /// <summary>The services it is registered in.</summary>
    IServiceCollection Services { get; }

    /// <summary>The HTTP client under it: add handlers, proxies or resilience of your own here.</summary>
    /// <exception cref="InvalidOperationException">It is a route, which has none.</exception>
    IHttpClientBuilder HttpClientBuilder { get; }
}
