namespace CleverTap.Rudder;

/// <summary>Configures the brokers, the group and the dead-letter topic of a Kafka consumer.</summary>
/// <remarks>
/// <para>
/// The options bind from configuration and are validated when the host starts. <see cref="CleverTapOptions.MaxInFlight"/> is the worker's
/// share of the account's 15 concurrent uploads: the shares of all workers together must not exceed 15.
/// </para>
/// <para>
/// Some options that all queues share have a special meaning here. <see cref="BackgroundDeliveryOptions.Capacity"/> is the number of
/// events that the worker holds in memory, in all partitions together and including those in flight; a partition that holds its share is
/// paused. <see cref="BackgroundDeliveryOptions.WhenFull"/> decides what
/// <see cref="ICleverTapQueue.EnqueueAsync(RudderEvent, CancellationToken)"/> does while the buffer of the Kafka client is full.
/// <see cref="BackgroundDeliveryOptions.ShutdownDeadline"/> limits the delivery of events that were read when the host stops or when a
/// partition moves to another worker; events that are not delivered by then stay in the topic.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// builder
///     .Services.AddCleverTapDestination(builder.Configuration.GetSection("CleverTap"))
///     .AddKafkaConsumer(
///         "rudder-events",
///         options =>
///         {
///             options.BootstrapServers = "kafka-1:9092,kafka-2:9092";
///             options.Client["security.protocol"] = "ssl";
///         }
///     );
/// </code>
/// </example>
public sealed class KafkaConsumerOptions : BackgroundDeliveryOptions
{
    /// <summary>Gets or sets the addresses of the first brokers to connect to, as <c>host:port,host:port</c>.</summary>
    /// <value>Required; the default is empty, which is an error.</value>
    public string BootstrapServers { get; set; } = "";

    /// <summary>Gets or sets the consumer group, whose workers share the partitions and the committed offsets.</summary>
    /// <value>
    /// If empty, <c>clevertap</c> for the default destination and <c>clevertap-{name}</c> for a named destination. The default is empty.
    /// </value>
    public string GroupId { get; set; } = "";

    /// <summary>Gets or sets the topic for events that are not delivered.</summary>
    /// <remarks>The topic must exist unless the brokers create topics automatically.</remarks>
    /// <value>If empty, <c>{topic}.dead-letters</c>. The default is empty.</value>
    public string DeadLetterTopic { get; set; } = "";

    /// <summary>Gets further settings of the Kafka client by librdkafka's names, such as <c>security.protocol</c>.</summary>
    /// <remarks>
    /// They override the library's settings, except for settings that the delivery guarantees depend on, which are errors. They are never
    /// logged.
    /// </remarks>
    /// <value>The default is empty.</value>
    public IDictionary<string, string> Client { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The topic that the options apply to.</summary>
    internal string Topic { get; set; } = "";

    /// <summary>Returns the topic and the brokers, but no settings of the client.</summary>
    public override string ToString() => $"Kafka topic {Topic} at {BootstrapServers}";
}
