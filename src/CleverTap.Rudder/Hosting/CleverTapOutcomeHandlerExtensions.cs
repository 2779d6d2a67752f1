using System.Diagnostics.CodeAnalysis;
using CleverTap.Rudder;
using CleverTap.Rudder.Internal.Hosting;
using CleverTap.Rudder.Internal.Queues;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds handlers of the outcomes of a destination's queue.</summary>
public static class CleverTapOutcomeHandlerExtensions
{
    /// <summary>Adds a handler of the final outcome of every event of the destination's queue.</summary>
    /// <remarks>
    /// The queue keeps an event until its handlers have returned. A handler that throws is called again; see
    /// <see cref="IOutcomeHandler.HandleAsync"/>. A handler without a queue is an error when the host starts.
    /// </remarks>
    /// <typeparam name="T">
    /// The handler. It is created for each call, in a new scope, unless the host has registered it with another lifetime.
    /// </typeparam>
    /// <param name="builder">The destination.</param>
    /// <returns>The builder of the destination, for further calls.</returns>
    public static ICleverTapDestinationBuilder AddOutcomeHandler<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T
    >(this ICleverTapDestinationBuilder builder)
        where T : class, IOutcomeHandler => Add<T>(builder, nameof(AddOutcomeHandler), takesDeadLettersOnly: false);

    /// <inheritdoc cref="AddOutcomeHandler{T}(ICleverTapDestinationBuilder)" path="/summary|/remarks|/returns"/>
    /// <param name="builder">The destination.</param>
    /// <param name="handler">Receives the services of a new scope, the event and its outcome.</param>
    public static ICleverTapDestinationBuilder AddOutcomeHandler(
        this ICleverTapDestinationBuilder builder,
        Func<IServiceProvider, RudderEvent, EventOutcome, Task> handler
    ) => Add(builder, nameof(AddOutcomeHandler), takesDeadLettersOnly: false, handler);

    /// <inheritdoc cref="AddOutcomeHandler{T}(ICleverTapDestinationBuilder)" path="/summary|/remarks|/returns"/>
    /// <param name="builder">The destination.</param>
    /// <param name="handler">Receives the event and its outcome.</param>
    public static ICleverTapDestinationBuilder AddOutcomeHandler(this ICleverTapDestinationBuilder builder, OutcomeHandler handler) =>
        Add(builder, nameof(AddOutcomeHandler), takesDeadLettersOnly: false, handler);

    /// <summary>
    /// Adds a handler of the events of the destination's queue that will not be delivered: Invalid, Rejected or Undelivered.
    /// </summary>
    /// <remarks>
    /// The queue keeps an event until its handlers have returned. A handler that throws is called again; see
    /// <see cref="IOutcomeHandler.HandleAsync"/>. A handler without a queue is an error when the host starts.
    /// </remarks>
    /// <typeparam name="T">
    /// The handler. It is created for each call, in a new scope, unless the host has registered it with another lifetime.
    /// </typeparam>
    /// <param name="builder">The destination.</param>
    /// <returns>The builder of the destination, for further calls.</returns>
    public static ICleverTapDestinationBuilder AddDeadLetterHandler<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T
    >(this ICleverTapDestinationBuilder builder)
        where T : class, IOutcomeHandler => Add<T>(builder, nameof(AddDeadLetterHandler), takesDeadLettersOnly: true);

    /// <inheritdoc cref="AddDeadLetterHandler{T}(ICleverTapDestinationBuilder)" path="/summary|/remarks|/returns"/>
    /// <param name="builder">The destination.</param>
    /// <param name="handler">Receives the services of a new scope, the event and the reason why it is not delivered.</param>
    public static ICleverTapDestinationBuilder AddDeadLetterHandler(
        this ICleverTapDestinationBuilder builder,
        Func<IServiceProvider, RudderEvent, EventOutcome, Task> handler
    ) => Add(builder, nameof(AddDeadLetterHandler), takesDeadLettersOnly: true, handler);

    /// <inheritdoc cref="AddDeadLetterHandler{T}(ICleverTapDestinationBuilder)" path="/summary|/remarks|/returns"/>
    /// <param name="builder">The destination.</param>
    /// <param name="handler">Receives the event and the reason why it is not delivered.</param>
    public static ICleverTapDestinationBuilder AddDeadLetterHandler(this ICleverTapDestinationBuilder builder, OutcomeHandler handler) =>
        Add(builder, nameof(AddDeadLetterHandler), takesDeadLettersOnly: true, handler);

    private static ICleverTapDestinationBuilder Add<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        ICleverTapDestinationBuilder builder,
        string method,
        bool takesDeadLettersOnly
    )
        where T : class, IOutcomeHandler
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddScoped<T>();
        return Add(
            builder,
            method,
            typeof(T).ToString(),
            takesDeadLettersOnly,
            HandlerRegistration.WrapInScope(
                (services, rudderEvent, outcome, cancellationToken) =>
                    services.GetRequiredService<T>().HandleAsync(rudderEvent, outcome, cancellationToken).AsTask()
            )
        );
    }

    private static ICleverTapDestinationBuilder Add(
        ICleverTapDestinationBuilder builder,
        string method,
        bool takesDeadLettersOnly,
        Func<IServiceProvider, RudderEvent, EventOutcome, Task> handler
    )
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Add(
            builder,
            method,
            method,
            takesDeadLettersOnly,
            HandlerRegistration.WrapInScope((services, rudderEvent, outcome, _) => handler(services, rudderEvent, outcome))
        );
    }

    private static ICleverTapDestinationBuilder Add(
        ICleverTapDestinationBuilder builder,
        string method,
        bool takesDeadLettersOnly,
        OutcomeHandler handler
    )
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Add(builder, method, method, takesDeadLettersOnly, (_, rudderEvent, outcome, _) => handler(rudderEvent, outcome));
    }

    private static ICleverTapDestinationBuilder Add(
        ICleverTapDestinationBuilder builder,
        string method,
        string name,
        bool takesDeadLettersOnly,
        Func<IServiceProvider, RudderEvent, EventOutcome, CancellationToken, Task> handleAsync
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        DestinationRegistration.Find(builder.Services, builder.Name)?.AddHandler(method);
        builder.Services.AddKeyedSingleton(builder.Name, new HandlerRegistration(name, takesDeadLettersOnly, handleAsync));
        return builder;
    }
}
