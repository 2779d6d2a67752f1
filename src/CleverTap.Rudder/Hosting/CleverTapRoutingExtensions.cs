using CleverTap.Rudder;
using CleverTap.Rudder.Internal.Delivery;
using CleverTap.Rudder.Internal.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers a route in front of several destinations, so that one queue serves several CleverTap accounts.</summary>
public static class CleverTapRoutingExtensions
{
    /// <summary>Registers an <see cref="ICleverTapDestination"/> that hands each event to the destination that a function names.</summary>
    /// <remarks>
    /// <para>
    /// A queue, handlers, filters and editors that are added to the route apply before routing. The filters and editors of a destination
    /// run afterwards. Each destination delivers by its own options: an account that does not respond or refuses the
    /// credentials delays only its own events, until they fill what the queue can hold or read ahead.
    /// </para>
    /// <para>
    /// If the function throws, the event is Invalid with the code <see cref="EventErrorCode.HostRule"/>. If it returns null or a name that
    /// no destination has, the event is Invalid with the code <see cref="EventErrorCode.UnknownDestination"/>; the message quotes that
    /// name.
    /// </para>
    /// <para>The route has the worst health status of its queue and all destinations.</para>
    /// </remarks>
    /// <param name="services">The host's services.</param>
    /// <param name="route">
    /// Returns the name of a destination for an event, after the route's editors. It must return the same name for all events of a user
    /// whose
    /// order matters. It is called from several threads, and again for an event that an outbox or a topic delivers again.
    /// </param>
    /// <returns>
    /// The builder of the route, for further calls. It has no <see cref="ICleverTapDestinationBuilder.HttpClientBuilder"/>.
    /// </returns>
    /// <exception cref="InvalidOperationException">There is a destination without a name already.</exception>
    public static ICleverTapDestinationBuilder AddCleverTapRouting(this IServiceCollection services, Func<RudderEvent, string?> route) =>
        services.AddCleverTapRouting(Options.Options.DefaultName, route);

    /// <inheritdoc cref="AddCleverTapRouting(IServiceCollection, Func{RudderEvent, string?})" path="/summary|/remarks|/param|/returns"/>
    /// <param name="services">The host's services.</param>
    /// <param name="name">The route's own name; get its destination and queue as the keyed services of that name.</param>
    /// <param name="route">Returns the name of a destination for an event, as with the overload without a name.</param>
    /// <exception cref="InvalidOperationException">
    /// There is a destination of that name already, in this or another case, or the name is blank.
    /// </exception>
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
        services.AddOptionsWithValidateOnStart<RoutingValidator.Options, RoutingValidator>(name);
        services.AddDeliveryMonitor(name, provider => AccountNames(provider));
        services.AddKeyedSingleton(name, (provider, _) => CreateRoute(provider, name, route));
        services.AddDeliveryTarget<RoutedDestination>(name);
        return new CleverTapRoutingBuilder(name, services);
    }

    private static RoutedDestination CreateRoute(IServiceProvider provider, string name, Func<RudderEvent, string?> route)
    {
        var hooks = new EventHooks([.. provider.GetKeyedServices<EventHook>(name)]);
        var monitor = provider.GetRequiredKeyedService<DeliveryMonitor>(name);
        return new RoutedDestination(Accounts(provider), route, hooks, monitor, provider.GetRequiredService<TimeProvider>())
        {
            Queues = () => provider.GetKeyedServices<IUserEvents>(name),
        };
    }

    private static KeyValuePair<string, CleverTapDestination>[] Accounts(IServiceProvider provider) =>
        [
            .. AccountNames(provider)
                .Select(account => KeyValuePair.Create(account, provider.GetRequiredKeyedService<CleverTapDestination>(account))),
        ];

    /// <summary>Returns the names of the destinations that have an account, in the order of their registration.</summary>
    private static IEnumerable<string> AccountNames(IServiceProvider provider) =>
        provider
            .GetServices<DestinationRegistration>()
            .Where(registration => !registration.IsRouting)
            .Select(registration => registration.Name);
}
