using Microsoft.Extensions.DependencyInjection;

namespace CleverTap.Rudder.Internal.Hosting;

internal sealed record CleverTapRoutingBuilder(string Name, IServiceCollection Services) : ICleverTapDestinationBuilder
{
    public IHttpClientBuilder HttpClientBuilder =>
        throw new InvalidOperationException(
            "A route has no HTTP client: configure those of its destinations, which AddCleverTapDestination returns."
        );
}
