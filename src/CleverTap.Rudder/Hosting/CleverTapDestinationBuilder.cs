using Microsoft.Extensions.DependencyInjection;

namespace CleverTap.Rudder.Internal.Hosting;

internal sealed record CleverTapDestinationBuilder(string Name, IServiceCollection Services, IHttpClientBuilder HttpClientBuilder)
    : ICleverTapDestinationBuilder;
