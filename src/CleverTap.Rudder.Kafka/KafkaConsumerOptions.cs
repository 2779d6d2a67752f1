namespace CleverTap.Rudder;

/// <summary>
/// How a worker takes events from a Kafka topic. Binds from configuration; validated when the host starts. Its share of the
/// account's 15 uploads at once is <see cref="CleverTapOptions.MaxInFlight"/>: together the workers' must not be more.
/// </summary>
/// <remarks>
/// Of the options that all queues share, <see cref="BackgroundDeliveryOptions.Capacity"/> is how many events the worker holds
/// in memory, those in flight included, all its partitions together; a partition that holds its share of it is paused.
/// <see cref="BackgroundDeliveryOptions.WhenFull"/> says what <see cref="ICleverTapQueue.EnqueueAsync(RudderEvent, CancellationToken)"/> does while the
/// client's own buffer is full. <see cref="BackgroundDeliveryOptions.ShutdownDeadline"/> is how long the events that were
/// read may take when the host stops or another worker takes over; what is left then stays in the topic.
/// </remarks>
public sealed class KafkaConsumerOptions : BackgroundDeliveryOptions
{
    /// <summary>The brokers to begin with, as <c>host:port,host:port</c>. Required.</summary>
    public string BootstrapServers { get; set; } = "";

    /// <summary>
    /// The consumer group: its workers share the partitions, and it remembers how far they are. Default <c>clevertap</c>,
    /// with a hyphen and the destination's name behind it where it has one.
    /// </summary>
    public string GroupId { get; set; } = "";

    /// <summary>
    /// Where events go that will not be delivered. Default the topic's name with <c>.dead-letters</c> behind it. It must exist
    /// unless the brokers make topics on demand.
    /// </summary>
    public string DeadLetterTopic { get; set; } = "";

    /// <summary>
    /// Further settings of the Kafka client by librdkafka's names, such as <c>security.protocol</c>, <c>sasl.username</c> and
    /// <c>max.poll.interval.ms</c>. They go before the library's own, but for those that its promises rest on, which are
    /// rejected. Never logged.
    /// </summary>
    public IDictionary<string, string> Client { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The topic that the options are for.</summary>
    internal string Topic { get; set; } = "";

    /// <summary>The brokers and the topic; never the client's settings.</summary>
    public override string ToString() => $"Kafka topic {Topic} at {BootstrapServers}";
}
