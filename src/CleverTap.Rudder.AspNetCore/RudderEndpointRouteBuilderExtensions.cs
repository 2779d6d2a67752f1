using System.Diagnostics.CodeAnalysis;
using CleverTap.Rudder.AspNetCore;
using CleverTap.Rudder.Internal.AspNetCore.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps endpoints that receive RudderStack's events for the queue of a destination.</summary>
public static class RudderEndpointRouteBuilderExtensions
{
    /// <summary>The calls of which each has its own route.</summary>
    private static readonly string[] Calls = ["identify", "track", "page", "screen", "alias", "group"];

    /// <summary>Maps POST requests with one event, an array of events or a batch of RudderStack's HTTP API.</summary>
    /// <remarks>
    /// RudderStack's webhook destination and a host's own services send such requests. The body may be compressed (gzip, br, deflate) and
    /// have any content type. The response comes after the queue has taken the events (an outbox: after they are on disk):
    /// 202 with their number; 207 if some elements are invalid, with index, code, field and message id of the first 100; 400 if no element
    /// is an event; 401 without the secret; 413 if the body is too large or has too many elements, see
    /// <see cref="RudderEndpointOptions.MaxBodyBytes"/>; 415 for another compression; 503 with <c>Retry-After</c> if the queue is full or
    /// fails, or if the host is stopping. Calls that CleverTap does not support, such as <c>group</c>, count as ignored. An event without
    /// <c>receivedAt</c> gets the time of receipt, and an event without <c>sentAt</c> the time of its batch, which corrects a wrong device
    /// clock.
    /// </remarks>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The route, such as <c>/rudder</c>.</param>
    /// <returns>The endpoint, for conventions such as rate limits.</returns>
    /// <exception cref="InvalidOperationException">The destination has no queue.</exception>
    /// <example><code>app.MapRudderEvents("/rudder");</code></example>
    public static IEndpointConventionBuilder MapRudderEvents(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern
    ) => endpoints.MapRudderEvents(pattern, _ => { });

    /// <inheritdoc cref="MapRudderEvents(IEndpointRouteBuilder, string)"/>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The route, such as <c>/rudder</c>.</param>
    /// <param name="configure">Sets the options.</param>
    /// <exception cref="OptionsValidationException">An option is invalid.</exception>
    public static IEndpointConventionBuilder MapRudderEvents(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern,
        Action<RudderEventsOptions> configure
    )
    {
        ArgumentNullException.ThrowIfNull(configure);
        return MapEvents(endpoints, pattern, () => EndpointOptions.From(configure));
    }

    /// <inheritdoc cref="MapRudderEvents(IEndpointRouteBuilder, string)"/>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The route, such as <c>/rudder</c>.</param>
    /// <param name="section">
    /// A section with the members of <see cref="RudderEventsOptions"/>. A value that is not an option is an error.
    /// </param>
    /// <exception cref="OptionsValidationException">An option is invalid; the messages name the section.</exception>
    public static IEndpointConventionBuilder MapRudderEvents(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern,
        IConfiguration section
    )
    {
        ArgumentNullException.ThrowIfNull(section);
        return MapEvents(endpoints, pattern, () => EndpointOptions.From(section));
    }

    /// <summary>Maps the routes of RudderStack's data plane. A server SDK then only needs another <c>dataPlaneUrl</c>.</summary>
    /// <param name="endpoints">The application, or a group of routes: its prefix is then part of the <c>dataPlaneUrl</c>.</param>
    /// <param name="writeKeys">The write keys that are accepted.</param>
    /// <returns>The endpoints, for conventions such as CORS.</returns>
    /// <exception cref="ArgumentException">There is no write key, or a write key is empty.</exception>
    /// <exception cref="InvalidOperationException">The destination has no queue.</exception>
    /// <inheritdoc cref="MapRudderDataPlane(IEndpointRouteBuilder, IEnumerable{string}, Action{RudderEndpointOptions})" path="/remarks"/>
    /// <example><code>app.MapRudderDataPlane("write-key-1");</code></example>
    public static IEndpointConventionBuilder MapRudderDataPlane(this IEndpointRouteBuilder endpoints, params string[] writeKeys) =>
        endpoints.MapRudderDataPlane(writeKeys, _ => { });

    /// <inheritdoc cref="MapRudderDataPlane(IEndpointRouteBuilder, string[])"/>
    /// <remarks>
    /// The routes are <c>/v1/batch</c>, <c>/v1/identify</c>, <c>/v1/track</c>, <c>/v1/page</c>, <c>/v1/screen</c>, <c>/v1/alias</c> and
    /// <c>/v1/group</c>. The route is the type of an event that has no type. The write key is the user name of Basic authentication. The
    /// response comes after the queue has taken the events (an outbox: after they are on disk): 200 <c>OK</c>; 400 if the body contains
    /// no event (invalid events beside valid ones are only logged); 401 without a write key; 413 if the body is too large or has too many
    /// elements, see <see cref="RudderEndpointOptions.MaxBodyBytes"/>; 415 for another compression; 429 with <c>Retry-After</c> if the
    /// queue is full; 503 if it fails or if the host is stopping. SDKs retry after 429 and 503.
    /// </remarks>
    /// <param name="endpoints">The application, or a group of routes: its prefix is then part of the <c>dataPlaneUrl</c>.</param>
    /// <param name="writeKeys">The write keys that are accepted.</param>
    /// <param name="configure">Sets the options.</param>
    /// <exception cref="OptionsValidationException">An option is invalid.</exception>
    public static IEndpointConventionBuilder MapRudderDataPlane(
        this IEndpointRouteBuilder endpoints,
        IEnumerable<string> writeKeys,
        Action<RudderEndpointOptions> configure
    )
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(writeKeys);
        ArgumentNullException.ThrowIfNull(configure);
        string[] keys = [.. writeKeys];
        if (keys.Length == 0 || keys.Any(string.IsNullOrWhiteSpace))
        {
            throw new ArgumentException("There must be at least one write key, and none may be empty", nameof(writeKeys));
        }

        RudderEndpointOptions options = EndpointOptions.From(configure);
        IServiceProvider services = endpoints.ServiceProvider;
        var endpoint = new DataPlaneEndpoint(
            new EventReceiver(services, options),
            keys,
            options,
            services.GetRequiredService<ILogger<EventReceiver>>()
        );
        RouteGroupBuilder group = endpoints.MapGroup("/v1");
        group.MapPost("/batch", context => endpoint.HandleAsync(context, null));
        foreach (string call in Calls)
        {
            group.MapPost($"/{call}", context => endpoint.HandleAsync(context, call));
        }

        return group;
    }

    private static IEndpointConventionBuilder MapEvents(
        IEndpointRouteBuilder endpoints,
        string pattern,
        Func<RudderEventsOptions> createOptions
    )
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        RudderEventsOptions options = createOptions();
        IServiceProvider services = endpoints.ServiceProvider;
        var endpoint = new EventsEndpoint(
            new EventReceiver(services, options),
            options,
            services.GetRequiredService<ILogger<EventReceiver>>()
        );
        IEndpointConventionBuilder builder = endpoints.MapPost(pattern, endpoint.HandleAsync);
        if (options.Secret is null)
        {
            OpenEndpointWarning.Add(builder, services, pattern);
        }

        return builder;
    }
}
