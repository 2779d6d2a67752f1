using Confluent.Kafka;
using Confluent.Kafka.Admin;
using KafkaWorker;

namespace CleverTap.Rudder.Tests.Kafka;

/// <summary>
/// The brokers of a test, with a topic, a dead-letter topic and a group of its own: a mock cluster, or the brokers at the address
/// <c>CLEVERTAP_RUDDER_KAFKA</c>.
/// </summary>
internal sealed class KafkaBrokers : IAsyncDisposable
{
    private const string Variable = "CLEVERTAP_RUDDER_KAFKA";

    private readonly MockCluster? mock;

    private KafkaBrokers(string? address)
    {
        string suffix = Guid.NewGuid().ToString("N")[..8];
        (Topic, DeadLetters, Group) = ($"events-{suffix}", $"events-{suffix}.dead-letters", $"clevertap-{suffix}");
        if (address is null)
        {
            mock = new MockCluster(brokers: 3);
            mock.SetRebalanceDelay(TimeSpan.FromMilliseconds(10));
        }

        Bootstrap = address ?? mock!.Bootstrap;
    }

    /// <summary>The addresses of the brokers.</summary>
    public string Bootstrap { get; }

    public string Topic { get; }

    public string DeadLetters { get; }

    public string Group { get; }

    /// <summary>The shortest session timeout that the brokers accept by default.</summary>
    public TimeSpan SessionTimeout => mock is null ? TimeSpan.FromSeconds(6) : TimeSpan.FromSeconds(2);

    /// <summary>The mock cluster, for faults on demand. The calling test is ignored if the brokers are real.</summary>
    public MockCluster Mock
    {
        get
        {
            if (mock is null)
            {
                Assert.Ignore($"Needs faults on demand, which the brokers of {Variable} do not have");
            }

            return mock;
        }
    }

    public static async Task<KafkaBrokers> StartAsync(int partitions)
    {
        string? address = Environment.GetEnvironmentVariable(Variable);
        var brokers = new KafkaBrokers(string.IsNullOrEmpty(address) ? null : address);
        await brokers.CreateTopicsAsync(partitions);
        return brokers;
    }

    /// <summary>Deletes the topics and the group of real brokers. The mock cluster ends with all that it has.</summary>
    public async ValueTask DisposeAsync()
    {
        if (mock is not null)
        {
            mock.Dispose();
            return;
        }

        using IAdminClient admin = CreateAdmin();
        await admin.DeleteTopicsAsync([Topic, DeadLetters]);
        try
        {
            await admin.DeleteGroupsAsync([Group]);
        }
        catch (DeleteGroupsException)
        {
            // The group does not exist, or a killed worker is still a member; the brokers remove it later.
        }
    }

    private async Task CreateTopicsAsync(int partitions)
    {
        if (mock is not null)
        {
            mock.CreateTopic(Topic, partitions);
            mock.CreateTopic(DeadLetters, 1);
            return;
        }

        using IAdminClient admin = CreateAdmin();
        await admin.CreateTopicsAsync([
            new TopicSpecification
            {
                Name = Topic,
                NumPartitions = partitions,
                Configs = new Dictionary<string, string> { ["max.message.bytes"] = "10000000" },
            },
            new TopicSpecification { Name = DeadLetters, NumPartitions = 1 },
        ]);
    }

    private IAdminClient CreateAdmin() =>
        new AdminClientBuilder(new AdminClientConfig { BootstrapServers = Bootstrap }).SetLogHandler((_, _) => { }).Build();
}
