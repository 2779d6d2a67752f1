using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Testing;
using Confluent.Kafka;
using KafkaWorker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Kafka;

/// <summary>Brokers with one topic, an emulator, and hosts that deliver from the topic to the emulator.</summary>
internal sealed class KafkaSession : IAsyncDisposable
{
    private readonly int partitions;

    private KafkaSession(KafkaBrokers brokers, CleverTapEmulator cleverTap, int partitions)
    {
        this.partitions = partitions;
        Brokers = brokers;
        CleverTap = cleverTap;
        View = new TopicView(brokers.Bootstrap, Group);
    }

    public KafkaBrokers Brokers { get; }

    public string Topic => Brokers.Topic;

    public string DeadLetters => Brokers.DeadLetters;

    public string Group => Brokers.Group;

    public CleverTapEmulator CleverTap { get; }

    public TopicView View { get; }

    /// <summary>Whether the group has committed all messages of the topic.</summary>
    public bool IsFullyCommitted => View.GetCommittedOffsets(Topic, partitions).SequenceEqual(View.GetEndOffsets(Topic, partitions));

    public IReadOnlyList<ConsumeResult<byte[]?, byte[]?>> Letters => View.ReadMessages(DeadLetters, 1);

    public IEnumerable<string> StoredNames => CleverTap.Events.Select(stored => stored.Name);

    public static async Task<KafkaSession> StartAsync(int partitions = 2)
    {
        return new KafkaSession(
            await KafkaBrokers.StartAsync(partitions),
            await CleverTapEmulator.StartAsync(new CleverTapEmulatorOptions { MaxStoredEvents = 500_000 }),
            partitions
        );
    }

    public void Write(int count) => DemoEvents.Write(Brokers.Bootstrap, Topic, count);

    public void Write(params IEnumerable<(string? Key, string? Value)> messages) => DemoEvents.Write(Brokers.Bootstrap, Topic, messages);

    /// <summary>Writes a message that may exceed the client's default size limit.</summary>
    public async Task WriteLargeAsync(byte[]? key, string value, params IEnumerable<(string Name, byte[] Value)> headers)
    {
        using IProducer<byte[]?, byte[]?> producer = new ProducerBuilder<byte[]?, byte[]?>(
            new ProducerConfig { BootstrapServers = Brokers.Bootstrap, MessageMaxBytes = 10_000_000 }
        ).Build();
        var message = new Message<byte[]?, byte[]?>
        {
            Key = key,
            Value = Encoding.UTF8.GetBytes(value),
            Headers = [],
        };
        foreach ((string name, byte[] bytes) in headers)
        {
            message.Headers.Add(name, bytes);
        }

        await producer.ProduceAsync(Topic, message);
    }

    public void SetAllBrokersDown()
    {
        for (int broker = 1; broker <= Brokers.Mock.Brokers; broker++)
        {
            Brokers.Mock.SetDown(broker);
        }
    }

    public void SetAllBrokersUp()
    {
        for (int broker = 1; broker <= Brokers.Mock.Brokers; broker++)
        {
            Brokers.Mock.SetUp(broker);
        }
    }

    public Task WaitUntilCommittedAsync() => Polling.WaitUntilAsync(() => IsFullyCommitted, "everything is committed");

    public async Task<IHost> StartHostAsync(
        Action<KafkaConsumerOptions>? configure = null,
        Action<CleverTapOptions>? configureDelivery = null,
        OutcomeHandler? handler = null,
        Action<IServiceCollection>? services = null,
        Action<IHttpClientBuilder>? configureClient = null
    )
    {
        IHost host = BuildHost(configure, configureDelivery, handler, services, configureClient);
        await host.StartAsync();
        return host;
    }

    public IHost BuildHost(
        Action<KafkaConsumerOptions>? configure = null,
        Action<CleverTapOptions>? configureDelivery = null,
        OutcomeHandler? handler = null,
        Action<IServiceCollection>? services = null,
        Action<IHttpClientBuilder>? configureClient = null
    )
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        ICleverTapDestinationBuilder destination = builder
            .Services.AddCleverTapDestination(options =>
            {
                (options.AccountId, options.Passcode, options.Endpoint, options.RetryBaseDelay) = (
                    CleverTap.AccountId,
                    CleverTap.Passcode,
                    CleverTap.Endpoint,
                    TimeSpan.FromMilliseconds(1)
                );
                options.CredentialsCheck = CredentialsCheckMode.Off;
                configureDelivery?.Invoke(options);
            })
            .AddKafkaConsumer(
                Topic,
                options =>
                {
                    options.BootstrapServers = Brokers.Bootstrap;
                    (options.FlushInterval, options.RetryInterval) = (TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(50));
                    options.GroupId = Group;
                    options.Client["session.timeout.ms"] = $"{Brokers.SessionTimeout.TotalMilliseconds}";
                    options.Client["heartbeat.interval.ms"] = "200";
                    options.Client["reconnect.backoff.max.ms"] = "500";
                    configure?.Invoke(options);
                }
            );
        if (handler is not null)
        {
            destination.AddOutcomeHandler(handler);
        }

        services?.Invoke(builder.Services);
        configureClient?.Invoke(destination.HttpClientBuilder);
        return builder.Build();
    }

    /// <summary>Reads the number of the event at each offset of each partition; -1 for an event without a number.</summary>
    public int[][] ReadNumbers()
    {
        List<int>[] numbers = [.. Enumerable.Range(0, partitions).Select(_ => new List<int>())];
        foreach (ConsumeResult<byte[]?, byte[]?> message in View.ReadMessages(Topic, partitions))
        {
            using JsonDocument json = JsonDocument.Parse(message.Message.Value);
            numbers[message.Partition.Value]
                .Add(
                    json.RootElement.TryGetProperty("properties", out JsonElement properties)
                        ? properties.GetProperty("number").GetInt32()
                        : -1
                );
        }

        return [.. numbers.Select(list => list.ToArray())];
    }

    /// <summary>Finds events whose offset is committed and that CleverTap has neither stored nor rejected.</summary>
    public int[] FindCommittedWithoutOutcome(int[][] numbersByPartition)
    {
        // The offsets are read before the outcomes, so that an event in between is not reported.
        long[] committed = View.GetCommittedOffsets(Topic, partitions);
        HashSet<int> final =
        [
            .. CleverTap.Events.Select(DemoReport.GetNumber),
            .. CleverTap
                .Rejected.Where(rejected => rejected.Code == 513)
                .Select(rejected => rejected.Record.GetProperty("evtData").GetProperty("number").GetInt32()),
        ];
        return
        [
            .. numbersByPartition
                .SelectMany((numbers, partition) => numbers.Take((int)committed[partition]))
                .Where(number => !final.Contains(number)),
        ];
    }

    public static string? Text(byte[]? bytes) => bytes is null ? null : Encoding.UTF8.GetString(bytes);

    public async ValueTask DisposeAsync()
    {
        View.Dispose();
        await CleverTap.DisposeAsync();
        await Brokers.DisposeAsync();
    }
}
