using System.Diagnostics.CodeAnalysis;
using CleverTap.Rudder;
using CleverTap.Rudder.Internal.Delivery;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds filters and editors of the host to a destination.</summary>
/// <remarks>
/// <para>
/// Filters and editors run in the order of their registration, before the mapping: in SendAsync, and in each kind of queue when it delivers
/// an event.
/// </para>
/// <para>
/// The edited event is sent. Its ids decide the order of the user's events, and its message id is the one that
/// <see cref="CleverTapOptions.DeduplicationWindow"/> remembers; an outbox remembers the message id with which the event was enqueued.
/// Outcomes, handlers and dead letters receive the original event.
/// </para>
/// </remarks>
public static class CleverTapEventHookExtensions
{
    /// <summary>Sends only events for which a function returns true.</summary>
    /// <remarks>The other events are Filtered with the reason <see cref="FilterReason.HostRule"/>.</remarks>
    /// <param name="builder">The destination.</param>
    /// <param name="shouldSend">Returns whether an event is sent; see <see cref="IEventFilter.ShouldSend"/>.</param>
    /// <returns>The builder of the destination, for further calls.</returns>
    public static ICleverTapDestinationBuilder FilterEvents(this ICleverTapDestinationBuilder builder, Func<RudderEvent, bool> shouldSend)
    {
        ArgumentNullException.ThrowIfNull(shouldSend);
        return Add(builder, nameof(FilterEvents), (_, name) => new EventHook(name, shouldSend, Edit: null));
    }

    /// <summary>Sends only events that a filter from the host's services accepts.</summary>
    /// <typeparam name="T">The filter. It is a singleton, unless the host has registered it otherwise.</typeparam>
    /// <param name="builder">The destination.</param>
    /// <returns>The builder of the destination, for further calls.</returns>
    public static ICleverTapDestinationBuilder FilterEvents<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T
    >(this ICleverTapDestinationBuilder builder)
        where T : class, IEventFilter
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<T>();
        return Add(
            builder,
            typeof(T).ToString(),
            (provider, name) => new EventHook(name, provider.GetRequiredService<T>().ShouldSend, Edit: null)
        );
    }

    /// <summary>Changes events with a function before they are mapped.</summary>
    /// <param name="builder">The destination.</param>
    /// <param name="edit">Returns the event to send; see <see cref="IEventEditor.Edit"/>.</param>
    /// <returns>The builder of the destination, for further calls.</returns>
    public static ICleverTapDestinationBuilder EditEvents(this ICleverTapDestinationBuilder builder, Func<RudderEvent, RudderEvent> edit)
    {
        ArgumentNullException.ThrowIfNull(edit);
        return Add(builder, nameof(EditEvents), (_, name) => new EventHook(name, ShouldSend: null, edit));
    }

    /// <summary>Changes events with an editor from the host's services before they are mapped.</summary>
    /// <typeparam name="T">The editor. It is a singleton, unless the host has registered it otherwise.</typeparam>
    /// <param name="builder">The destination.</param>
    /// <returns>The builder of the destination, for further calls.</returns>
    public static ICleverTapDestinationBuilder EditEvents<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T
    >(this ICleverTapDestinationBuilder builder)
        where T : class, IEventEditor
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<T>();
        return Add(
            builder,
            typeof(T).ToString(),
            (provider, name) => new EventHook(name, ShouldSend: null, provider.GetRequiredService<T>().Edit)
        );
    }

    private static ICleverTapDestinationBuilder Add(
        ICleverTapDestinationBuilder builder,
        string rule,
        Func<IServiceProvider, string, EventHook> create
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        int number =
            1 + builder.Services.Count(service => service.ServiceType == typeof(EventHook) && builder.Name.Equals(service.ServiceKey));
        builder.Services.AddKeyedSingleton(builder.Name, (provider, _) => create(provider, $"{rule} (number {number})"));
        return builder;
    }
}
