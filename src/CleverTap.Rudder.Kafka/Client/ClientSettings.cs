using Confluent.Kafka;

namespace CleverTap.Rudder.Internal.Kafka.Client;

/// <summary>Creates the settings of the Kafka clients: the library's defaults, overridden by those of the host.</summary>
internal static class ClientSettings
{
    public const string PollInterval = "max.poll.interval.ms";

    /// <summary>The default of the Kafka client.</summary>
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
            _ => "offsets are stored when events have their outcome, and committed from there",
        };

    public static ConsumerConfig CreateConsumerConfig(KafkaConsumerOptions options)
    {
        Dictionary<string, string> settings = new()
        {
            ["auto.offset.reset"] = "earliest",

            // Short, because events that are delivered but not committed are delivered again after a crash.
            ["auto.commit.interval.ms"] = "200",

            // A pause drops what the client has fetched ahead for the partition, so that the client fetches little ahead. It then
            // fetches again soon, and a resumed partition does not wait for a long fetch of other partitions.
            ["queued.min.messages"] = "1000",
            ["fetch.queue.backoff.ms"] = "20",
            ["fetch.wait.max.ms"] = "100",
        };

        // In Kafka's newer group protocol, the brokers assign the partitions.
        if (!options.Client.TryGetValue("group.protocol", out string? protocol) || protocol != "consumer")
        {
            settings[Strategy] = "cooperative-sticky";
        }

        return new ConsumerConfig(Merge(settings, options))
        {
            GroupId = options.GroupId,
            EnableAutoOffsetStore = false,
            EnableAutoCommit = true,
        };
    }

    /// <summary>Creates the settings of a consumer that reads a topic from its beginning to its end, outside the group.</summary>
    public static ConsumerConfig CreateReaderConfig(KafkaConsumerOptions options) =>
        new(CreateConsumerConfig(options))
        {
            EnableAutoCommit = false,
            EnablePartitionEof = true,
            AutoOffsetReset = AutoOffsetReset.Earliest,
        };

    public static ProducerConfig CreateProducerConfig(KafkaConsumerOptions options) =>
        new(
            Merge(
                new Dictionary<string, string>
                {
                    ["acks"] = "all",
                    ["enable.idempotence"] = "true",
                    ["linger.ms"] = "5",
                    ["message.timeout.ms"] = "30000",

                    // rudder-server's producer maps keys to partitions in this way, so that both can write to one topic.
                    ["partitioner"] = "fnv1a_random",
                },
                options
            )
        );

    private static Dictionary<string, string> Merge(Dictionary<string, string> settings, KafkaConsumerOptions options)
    {
        foreach ((string setting, string value) in options.Client)
        {
            settings[setting] = value;
        }

        settings["bootstrap.servers"] = options.BootstrapServers;
        return settings;
    }
}
