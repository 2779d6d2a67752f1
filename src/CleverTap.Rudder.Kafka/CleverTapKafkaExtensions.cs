using CleverTap.Rudder;
using CleverTap.Rudder.Internal.Hosting;
using CleverTap.Rudder.Internal.Kafka.Producing;
using CleverTap.Rudder.Internal.Kafka.Registration;
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
    )
    {
        ArgumentNullException.ThrowIfNull(configure);
        return Add(builder, topic, configure);
    }

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
    )
    {
        ArgumentNullException.ThrowIfNull(section);
        return Add(builder, topic, options => KafkaOptionsConfiguration.Read(options, section));
    }

    private static ICleverTapDestinationBuilder Add(
        ICleverTapDestinationBuilder builder,
        string topic,
        Action<KafkaConsumerOptions> configure
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(topic);
        string name = builder.Name;
        BackgroundQueues.Add<KafkaQueue, KafkaConsumerOptions, KafkaConsumerOptionsValidator>(
            builder,
            nameof(AddKafkaConsumer),
            configure,
            parts => new KafkaQueue(parts)
        );
        BackgroundQueues.AddDeadLetters<KafkaQueue>(builder, queue => queue.DeadLetters);
        builder.Services.PostConfigure<KafkaConsumerOptions>(
            name,
            read =>
            {
                read.Topic = topic;
                if (string.IsNullOrWhiteSpace(read.DeadLetterTopic))
                {
                    read.DeadLetterTopic = $"{topic}.dead-letters";
                }

                if (string.IsNullOrWhiteSpace(read.GroupId))
                {
                    read.GroupId = name.Length == 0 ? "clevertap" : $"clevertap-{name}";
                }
            }
        );
        return builder;
    }
}
