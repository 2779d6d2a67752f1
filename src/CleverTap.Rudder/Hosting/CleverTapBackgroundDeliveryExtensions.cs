using CleverTap.Rudder;
using CleverTap.Rudder.Internal.Hosting;
using CleverTap.Rudder.Internal.Options;
using CleverTap.Rudder.Internal.Queues;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets a background service deliver for a destination.</summary>
public static class CleverTapBackgroundDeliveryExtensions
{
    /// <summary>
    /// Registers an <see cref="ICleverTapQueue"/> and the hosted service that delivers its events. It keeps what did not get
    /// through and sends it again, pauses while CleverTap refuses the credentials, and drains when the host stops.
    /// </summary>
    /// <param name="builder">The destination.</param>
    /// <param name="configure">Sets the options; the defaults where left out.</param>
    /// <param name="deadLetter">
    /// Takes the events that will not be delivered, as with <c>AddDeadLetterHandler</c>. Without it they are counted and logged only.
    /// </param>
    /// <returns>The destination, to build further on.</returns>
    /// <exception cref="InvalidOperationException">The destination has a queue already.</exception>
    public static ICleverTapDestinationBuilder AddBackgroundDelivery(
        this ICleverTapDestinationBuilder builder,
        Action<BackgroundDeliveryOptions>? configure = null,
        OutcomeHandler? deadLetter = null
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        return Add(builder, configure ?? (_ => { }), deadLetter);
    }

    /// <inheritdoc cref="AddBackgroundDelivery(ICleverTapDestinationBuilder, Action{BackgroundDeliveryOptions}?, OutcomeHandler?)"/>
    /// <param name="builder">The destination.</param>
    /// <param name="section">A section with the members of <see cref="BackgroundDeliveryOptions"/>.</param>
    /// <param name="deadLetter">
    /// Takes the events that will not be delivered, as with <c>AddDeadLetterHandler</c>. Without it they are counted and logged only.
    /// </param>
    public static ICleverTapDestinationBuilder AddBackgroundDelivery(
        this ICleverTapDestinationBuilder builder,
        IConfiguration section,
        OutcomeHandler? deadLetter = null
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        return Add(builder, options => OptionsConfiguration.Read(options, section), deadLetter);
    }

    private static ICleverTapDestinationBuilder Add(
        ICleverTapDestinationBuilder builder,
        Action<BackgroundDeliveryOptions> configure,
        OutcomeHandler? deadLetter
    )
    {
        BackgroundQueues.Add<MemoryQueue, BackgroundDeliveryOptions, BackgroundDeliveryOptionsValidator>(
            builder,
            nameof(AddBackgroundDelivery),
            configure,
            parts => new MemoryQueue(parts)
        );
        return deadLetter is null ? builder : builder.AddDeadLetterHandler(deadLetter);
    }
}
