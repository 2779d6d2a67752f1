using CleverTap.Rudder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets a worker of a Kafka consumer group deliver for a destination.</summary>
public static class CleverTapKafkaExtensions
{
    /// <summary>
    /// Registers the hosted service that delivers a topic's events, RudderStack's or this host's own, and an
    /// <see cref="ICleverTapQueue"/> that writes to the topic. An offset is committed only when every event before it has
    /// its final outcome; events that will not be delivered go to the dead-letter topic. Any number of hosts share the work.
    /// </summary>
    /// <param name="builder">The destination.</param>
    /// <param name="topic">The topic; its messages' values are events as JSON.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The destination, to build further on.</returns>
    /// <exception cref="InvalidOperationException">The destination has a background queue already.</exception>
    public static ICleverTapDestinationBuilder AddKafkaConsumer(this ICleverTapDestinationBuilder builder, string topic, Action<KafkaConsumerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return Add(builder, topic, options => options.Configure(configure));
    }

    /// <inheritdoc cref="AddKafkaConsumer(ICleverTapDestinationBuilder, string, Action{KafkaConsumerOptions})"/>
    /// <param name="builder">The destination.</param>
    /// <param name="topic">The topic; its messages' values are events as JSON.</param>
    /// <param name="section">A section with the members of <see cref="KafkaConsumerOptions"/>; its <c>Client</c> section holds the Kafka client's settings by name.</param>
    public static ICleverTapDestinationBuilder AddKafkaConsumer(this ICleverTapDestinationBuilder builder, string topic, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return Add(builder, topic, options => options.Configure(read => KafkaOptionsConfiguration.Read(read, section)));
    }

    private static ICleverTapDestinationBuilder Add(ICleverTapDestinationBuilder builder, string topic, Action<OptionsBuilder<KafkaConsumerOptions>> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(topic);
        string name = builder.Name;
        OptionsBuilder<KafkaConsumerOptions> options = builder.Services.AddOptions<KafkaConsumerOptions>(name).ValidateOnStart();
        configure(options);
        options.PostConfigure(read =>
        {
            read.Topic = topic;
            if (string.IsNullOrWhiteSpace(read.DeadLetterTopic)) read.DeadLetterTopic = $"{topic}.dead-letters";
            if (string.IsNullOrWhiteSpace(read.GroupId)) read.GroupId = name.Length == 0 ? "clevertap" : $"clevertap-{name}";
        });
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<KafkaConsumerOptions>, KafkaConsumerOptionsValidator>());
        BackgroundQueues.Add(builder, provider => Create(provider, name));
        return builder;
    }

    private static KafkaQueue Create(IServiceProvider provider, string name)
    {
        ILogger logger = provider.GetRequiredService<ILogger<KafkaQueue>>();
        TimeProvider time = provider.GetRequiredService<TimeProvider>();
        KafkaConsumerOptions options = provider.GetRequiredService<IOptionsMonitor<KafkaConsumerOptions>>().Get(name);
        OutcomeHandlers handlers = OutcomeHandlers.Of(provider, name, deadLetter: null, logger);
        var errors = new ClientErrors(options.Topic, logger, time);
        var writer = new TopicWriter(options, errors, logger);
        var outOfTime = new CancellationTokenSource();
        var worker = new Worker(
            name,
            options,
            FinalDelivery.Of(provider, name, options, handlers, logger),
            new DeadLetterTopic(options, writer, logger, time),
            provider.GetRequiredService<CleverTapMetrics>(),
            errors,
            logger,
            time)
        {
            OutOfTime = outOfTime.Token,
        };
        return new KafkaQueue(worker, handlers, writer, outOfTime);
    }
}
