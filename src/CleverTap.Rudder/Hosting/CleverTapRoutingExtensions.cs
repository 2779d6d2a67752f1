using CleverTap.Rudder;
using CleverTap.Rudder.Internal.Delivery;
using CleverTap.Rudder.Internal.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers a route in front of several destinations, so that one queue serves several CleverTap accounts.</summary>
public static class CleverTapRoutingExtensions
{
    /// <summary>Registers an <see cref="ICleverTapDestination"/> that hands each event to the destination that a function names.</summary>
    /// <remarks>
    /// <para>
    /// What is added to it (a queue, handlers, filters, editors) is in front of all destinations; filters and editors that a destination has
    /// itself run afterwards. Each destination delivers by its own options: an account that does not respond or refuses the credentials
    /// holds up its own events, and those of the others go on, until its events fill what the queue can hold or read ahead.
    /// </para>
    /// <para>
    /// An event for which the function throws is Invalid, code <see cref="EventErrorCode.HostRule"/>; one for which it returns null or a name
    /// that no destination has, code <see cref="EventErrorCode.UnknownDestination"/>. The message quotes that name.
    /// </para>
    /// </remarks>
    /// <param name="services">The host's services.</param>
    /// <param name="route">
    /// Returns the name of a destination for an event, as editors have left it; the same for all events of a user whose order matters. It is
    /// called from several threads, and again for an event that an outbox or a topic delivers again.
    /// </param>
    /// <returns>The route, to build further on. It has no <see cref="ICleverTapDestinationBuilder.HttpClientBuilder"/>.</returns>
    /// <exception cref="InvalidOperationException">There is a destination without a name already.</exception>
    public static ICleverTapDestinationBuilder AddCleverTapRouting(this IServiceCollection services, Func<RudderEvent, string?> route) =>
        services.AddCleverTapRouting(Options.Options.DefaultName, route);

    /// <inheritdoc cref="AddCleverTapRouting(IServiceCollection, Func{RudderEvent, string?})" path="/summary|/remarks|/param|/returns"/>
    /// <param name="services">The host's services.</param>
    /// <param name="name">The route's own name; get its destination and queue as the keyed services of that name.</param>
    /// <param name="route">Returns the name of a destination for an event, as with the overload without a name.</param>
    /// <exception cref="InvalidOperationException">There is a destination of that name already.</exception>
    public static ICleverTapDestinationBuilder AddCleverTapRouting(
        this IServiceCollection services,
        string name,
        Func<RudderEvent, string?> route
    )
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(route);
        DestinationRegistration.AddRouting(services, name);
        services.AddOptions<RoutingValidator.Options>(name).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RoutingValidator.Options>, RoutingValidator>());
        services.AddDeliveryMonitor(name);
        services.AddKeyedSingleton(
            name,
            (provider, _) =>
                new RoutedDestination(
                    [
                        .. provider
                            .GetServices<DestinationRegistration>()
                            .Where(one => !one.IsRouting)
                            .Select(one => KeyValuePair.Create(one.Name, provider.GetRequiredKeyedService<CleverTapDestination>(one.Name))),
                    ],
                    route,
                    new EventHooks([.. provider.GetKeyedServices<EventHook>(name)]),
                    provider.GetRequiredKeyedService<DeliveryMonitor>(name),
                    provider.GetRequiredService<TimeProvider>()
                )
                {
                    Queues = () => provider.GetKeyedServices<IUserEvents>(name),
                }
        );
        services.AddDeliveryTarget<RoutedDestination>(name);
        return new CleverTapRoutingBuilder(name, services);
    }
}
