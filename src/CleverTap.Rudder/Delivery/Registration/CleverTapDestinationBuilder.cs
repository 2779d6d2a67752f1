using Microsoft.Extensions.DependencyInjection;

namespace CleverTap.Rudder;

internal sealed record CleverTapDestinationBuilder(string Name, IServiceCollection Services, IHttpClientBuilder HttpClientBuilder)
    : ICleverTapDestinationBuilder;
