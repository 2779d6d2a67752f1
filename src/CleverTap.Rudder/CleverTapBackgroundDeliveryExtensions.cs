using CleverTap.Rudder;
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
    /// <param name="deadLetter">Takes the events that will not be delivered. Without it they are counted and logged only.</param>
    /// <returns>The destination, to build further on.</returns>
    /// <exception cref="InvalidOperationException">The destination has a queue already.</exception>
    public static ICleverTapDestinationBuilder AddBackgroundDelivery(
        this ICleverTapDestinationBuilder builder, Action<BackgroundDeliveryOptions>? configure = null, OutcomeHandler? deadLetter = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return Add(builder, configure ?? (_ => { }), deadLetter);
    }

    /// <inheritdoc cref="AddBackgroundDelivery(ICleverTapDestinationBuilder, Action{BackgroundDeliveryOptions}?, OutcomeHandler?)"/>
    /// <param name="builder">The destination.</param>
    /// <param name="section">A section with the members of <see cref="BackgroundDeliveryOptions"/>.</param>
    /// <param name="deadLetter">Takes the events that will not be delivered. Without it they are counted and logged only.</param>
    public static ICleverTapDestinationBuilder AddBackgroundDelivery(
        this ICleverTapDestinationBuilder builder, IConfiguration section, OutcomeHandler? deadLetter = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        return Add(builder, options => OptionsConfiguration.Read(options, section), deadLetter);
    }

    /// <summary>
    /// Tells a handler the final outcome of every event of the destination's background queue, delivered or not, before the
    /// queue lets go of the event: after a crash a queue that survives it may deliver, and tell, again, and leaves nothing untold.
    /// Without a queue it is an error when the host starts.
    /// </summary>
    /// <param name="builder">The destination.</param>
    /// <param name="handler">Takes the event and its outcome. Delivery waits for it.</param>
    /// <returns>The destination, to build further on.</returns>
    public static ICleverTapDestinationBuilder AddOutcomeHandler(this ICleverTapDestinationBuilder builder, OutcomeHandler handler)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(handler);
        DestinationRegistration.Find(builder.Services, builder.Name)?.AddHandler(nameof(AddOutcomeHandler));
        builder.Services.AddKeyedSingleton(builder.Name, handler);
        return builder;
    }

    private static ICleverTapDestinationBuilder Add(ICleverTapDestinationBuilder builder, Action<BackgroundDeliveryOptions> configure, OutcomeHandler? deadLetter) =>
        BackgroundQueues.Add<MemoryQueue, BackgroundDeliveryOptions, BackgroundDeliveryOptionsValidator>(
            builder, nameof(AddBackgroundDelivery), configure, deadLetter, parts => new MemoryQueue(parts));
}
