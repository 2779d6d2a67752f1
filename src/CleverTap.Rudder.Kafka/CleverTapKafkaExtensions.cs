using CleverTap.Rudder;
using CleverTap.Rudder.Internal.Hosting;
using CleverTap.Rudder.Internal.Kafka;
using CleverTap.Rudder.Internal.Kafka.Queue;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a Kafka consumer to a destination.</summary>
public static class CleverTapKafkaExtensions
{
    /// <summary>
    /// Adds a hosted service that delivers the events of a Kafka topic, and an <see cref="ICleverTapQueue"/> that writes to it.
    /// </summary>
    /// <remarks>
    /// An offset is committed only when every event before it has its final outcome. Undelivered events go to the dead-letter topic. Any
    /// number of hosts share the topic as one consumer group.
    /// </remarks>
    /// <param name="builder">The destination.</param>
    /// <param name="topic">The topic. The values of its messages are events as JSON.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The destination, for further configuration.</returns>
    /// <exception cref="InvalidOperationException">The destination has a background queue already.</exception>
    public static ICleverTapDestinationBuilder AddKafkaConsumer(
        this ICleverTapDestinationBuilder builder,
        string topic,
        Action<KafkaConsumerOptions> configure
    ) => Add(builder, topic, OptionsSource<KafkaConsumerOptions>.FromCode(configure));

    /// <inheritdoc cref="AddKafkaConsumer(ICleverTapDestinationBuilder, string, Action{KafkaConsumerOptions})"/>
    /// <param name="builder">The destination.</param>
    /// <param name="topic">The topic. The values of its messages are events as JSON.</param>
    /// <param name="section">
    /// A section with the members of <see cref="KafkaConsumerOptions"/>; its <c>Client</c> section contains settings of the Kafka client.
    /// </param>
    public static ICleverTapDestinationBuilder AddKafkaConsumer(
        this ICleverTapDestinationBuilder builder,
        string topic,
        IConfiguration section
    ) => Add(builder, topic, OptionsSource<KafkaConsumerOptions>.FromSection(section, KafkaConsumerOptionsReader.Read));

    private static ICleverTapDestinationBuilder Add(
        ICleverTapDestinationBuilder builder,
        string topic,
        OptionsSource<KafkaConsumerOptions> source
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(topic);
        BackgroundQueues.Add<KafkaQueue, KafkaConsumerOptions, KafkaConsumerOptionsValidator>(
            builder,
            nameof(AddKafkaConsumer),
            source,
            dependencies => new KafkaQueue(dependencies)
        );
        BackgroundQueues.AddDeadLetters<KafkaQueue>(builder, queue => queue.DeadLetters);
        builder.Services.PostConfigure<KafkaConsumerOptions>(builder.Name, options => SetDefaults(options, topic, builder.Name));
        return builder;
    }

    /// <summary>Sets the options that depend on the topic or on the destination's name.</summary>
    private static void SetDefaults(KafkaConsumerOptions options, string topic, string destination)
    {
        options.Topic = topic;
        if (string.IsNullOrWhiteSpace(options.DeadLetterTopic))
        {
            options.DeadLetterTopic = $"{topic}.dead-letters";
        }

        if (string.IsNullOrWhiteSpace(options.GroupId))
        {
            options.GroupId = destination.Length == 0 ? "clevertap" : $"clevertap-{destination}";
        }
    }
}
