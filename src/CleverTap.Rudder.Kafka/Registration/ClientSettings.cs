using Confluent.Kafka;

namespace CleverTap.Rudder.Internal.Kafka.Registration;

/// <summary>The settings of the Kafka client: the library's own, and the host's, which go before them.</summary>
internal static class ClientSettings
{
    public const string PollInterval = "max.poll.interval.ms";

    /// <summary>The client's own default.</summary>
    public static readonly TimeSpan DefaultPollInterval = TimeSpan.FromMinutes(5);

    private const string OffsetStore = "enable.auto.offset.store";
    private const string AutoCommit = "enable.auto.commit";
    private const string Strategy = "partition.assignment.strategy";

    public static IReadOnlyList<string> Reserved { get; } = ["bootstrap.servers", "group.id", OffsetStore, AutoCommit];

    public static string WhyReserved(string setting) =>
        setting switch
        {
            "bootstrap.servers" => "that is BootstrapServers",
            "group.id" => "that is GroupId",
            _ => "offsets are stored behind events that have their outcome, and committed from there",
        };

    public static ConsumerConfig CreateConsumerConfig(KafkaConsumerOptions options)
    {
        Dictionary<string, string> settings = new()
        {
            ["auto.offset.reset"] = "earliest",

            // What was delivered and not committed is delivered again after a crash.
            ["auto.commit.interval.ms"] = "200",

            // A paused partition drops what the client has fetched ahead for it. So that little ahead is enough, the client
            // fetches again at once, and one that flows again waits for no long fetch of others.
            ["queued.min.messages"] = "1000",
            ["fetch.queue.backoff.ms"] = "20",
            ["fetch.wait.max.ms"] = "100",
        };

        // Kafka's newer group protocol deals the partitions out itself.
        if (!options.Client.TryGetValue("group.protocol", out string? protocol) || protocol != "consumer")
        {
            settings[Strategy] = "cooperative-sticky";
        }

        return new ConsumerConfig(With(settings, options))
        {
            GroupId = options.GroupId,
            EnableAutoOffsetStore = false,
            EnableAutoCommit = true,
        };
    }

    /// <summary>A consumer that reads a topic from its beginning to its end, for nobody but itself.</summary>
    public static ConsumerConfig CreateReaderConfig(KafkaConsumerOptions options) =>
        new(CreateConsumerConfig(options))
        {
            EnableAutoCommit = false,
            EnablePartitionEof = true,
            AutoOffsetReset = AutoOffsetReset.Earliest,
        };

    public static ProducerConfig CreateProducerConfig(KafkaConsumerOptions options) =>
        new(
            With(
                new Dictionary<string, string>
                {
                    ["acks"] = "all",
                    ["enable.idempotence"] = "true",
                    ["linger.ms"] = "5",
                    ["message.timeout.ms"] = "30000",

                    // As rudder-server's own producer deals keys to partitions, so that both may write to one topic.
                    ["partitioner"] = "fnv1a_random",
                },
                options
            )
        );

    private static Dictionary<string, string> With(Dictionary<string, string> settings, KafkaConsumerOptions options)
    {
        foreach ((string setting, string value) in options.Client)
        {
            settings[setting] = value;
        }

        settings["bootstrap.servers"] = options.BootstrapServers;
        return settings;
    }
}
