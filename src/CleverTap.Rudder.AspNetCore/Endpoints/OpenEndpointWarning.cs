using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Internal.AspNetCore.Endpoints;

/// <summary>Logs one warning when the host has started if an endpoint accepts events from every sender.</summary>
/// <remarks>
/// The check runs after the start, because conventions such as <c>RequireAuthorization</c> are added after the endpoint is mapped.
/// </remarks>
internal sealed class OpenEndpointWarning(IServiceProvider services, string pattern)
{
    public static void Add(IEndpointConventionBuilder endpoint, IServiceProvider services, string pattern)
    {
        var warning = new OpenEndpointWarning(services, pattern);
        endpoint.WithMetadata(warning);
        services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(warning.LogIfOpen);
    }

    private void LogIfOpen()
    {
        if (!IsAuthorized())
        {
            services.GetRequiredService<ILogger<EventReceiver>>().NoSecret(pattern);
        }
    }

    private bool IsAuthorized()
    {
        bool hasFallbackPolicy = services.GetService<IOptions<AuthorizationOptions>>()?.Value.FallbackPolicy is not null;
        return services.GetService<EndpointDataSource>()?.Endpoints.FirstOrDefault(IsThis) is { } endpoint
            ? RequiresAuthorization(endpoint.Metadata, hasFallbackPolicy)
            : hasFallbackPolicy;
    }

    private bool IsThis(Endpoint endpoint) => endpoint.Metadata.GetMetadata<OpenEndpointWarning>() == this;

    private static bool RequiresAuthorization(EndpointMetadataCollection metadata, bool hasFallbackPolicy)
    {
        bool hasPolicy = metadata.GetMetadata<IAuthorizeData>() is not null || metadata.GetMetadata<AuthorizationPolicy>() is not null;
        return metadata.GetMetadata<IAllowAnonymous>() is null && (hasPolicy || hasFallbackPolicy);
    }
}
