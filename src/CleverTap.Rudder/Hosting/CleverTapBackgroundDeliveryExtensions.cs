using CleverTap.Rudder;
using CleverTap.Rudder.Internal.Hosting;
using CleverTap.Rudder.Internal.Options;
using CleverTap.Rudder.Internal.Queues;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a queue in memory to a destination.</summary>
public static class CleverTapBackgroundDeliveryExtensions
{
    /// <summary>Registers an <see cref="ICleverTapQueue"/> in memory and the hosted service that delivers its events.</summary>
    /// <remarks>
    /// The queue keeps an event until it has its outcome and sends it again after a failure. It pauses while CleverTap refuses the
    /// credentials, and it delivers what it holds when the host stops.
    /// </remarks>
    /// <param name="builder">The destination.</param>
    /// <param name="configure">Sets the options. Default null: all options keep their defaults.</param>
    /// <param name="deadLetter">
    /// Receives the events that will not be delivered, as with <c>AddDeadLetterHandler</c>. Default null: such events are only counted and
    /// logged.
    /// </param>
    /// <returns>The builder of the destination, for further calls.</returns>
    /// <exception cref="InvalidOperationException">The destination has a queue already.</exception>
    public static ICleverTapDestinationBuilder AddBackgroundDelivery(
        this ICleverTapDestinationBuilder builder,
        Action<BackgroundDeliveryOptions>? configure = null,
        OutcomeHandler? deadLetter = null
    )
    {
        OptionsSource<BackgroundDeliveryOptions> source = configure is null
            ? OptionsSource<BackgroundDeliveryOptions>.Defaults
            : OptionsSource<BackgroundDeliveryOptions>.FromCode(configure);
        return Add(builder, source, deadLetter);
    }

    /// <inheritdoc cref="AddBackgroundDelivery(ICleverTapDestinationBuilder, Action{BackgroundDeliveryOptions}?, OutcomeHandler?)"/>
    /// <param name="builder">The destination.</param>
    /// <param name="section">A section with the members of <see cref="BackgroundDeliveryOptions"/>.</param>
    /// <param name="deadLetter">
    /// Receives the events that will not be delivered, as with <c>AddDeadLetterHandler</c>. Default null: such events are only counted and
    /// logged.
    /// </param>
    public static ICleverTapDestinationBuilder AddBackgroundDelivery(
        this ICleverTapDestinationBuilder builder,
        IConfiguration section,
        OutcomeHandler? deadLetter = null
    ) => Add(builder, OptionsSource<BackgroundDeliveryOptions>.FromSection(section, BackgroundDeliveryOptionsReader.Read), deadLetter);

    private static ICleverTapDestinationBuilder Add(
        ICleverTapDestinationBuilder builder,
        OptionsSource<BackgroundDeliveryOptions> source,
        OutcomeHandler? deadLetter
    )
    {
        BackgroundQueues.Add<MemoryQueue, BackgroundDeliveryOptions, BackgroundDeliveryOptionsValidator>(
            builder,
            nameof(AddBackgroundDelivery),
            source,
            dependencies => new MemoryQueue(dependencies)
        );
        return deadLetter is null ? builder : builder.AddDeadLetterHandler(deadLetter);
    }
}
