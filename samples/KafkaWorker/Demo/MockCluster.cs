using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

namespace KafkaWorker;

/// <summary>Runs Kafka brokers in this process, which any client can reach on loopback ports.</summary>
/// <remarks>
/// This is the mock cluster of librdkafka's own tests. It keeps the last 5 MiB of each partition in memory until it is disposed.
/// </remarks>
internal sealed class MockCluster : IDisposable
{
    private const string Native = "librdkafka";
    private const int Producer = 0;

    private readonly nint client;
    private readonly nint cluster;

    /// <summary>Loads the build of librdkafka that works on this machine, in the same order as Confluent.Kafka.</summary>
    static MockCluster() => NativeLibrary.SetDllImportResolver(typeof(MockCluster).Assembly, Load);

    /// <param name="brokers">The number of brokers, which are numbered from 1.</param>
    /// <exception cref="InvalidOperationException">The brokers could not be started.</exception>
    public MockCluster(int brokers)
    {
        Brokers = brokers;
        nint settings = rd_kafka_conf_new();
        byte[] error = new byte[512];

        // The client of the cluster connects to no broker and would log that to standard error.
        _ = rd_kafka_conf_set(settings, "log_level", "0", error, (nuint)error.Length);
        client = rd_kafka_new(Producer, settings, error, (nuint)error.Length);
        if (client == 0)
        {
            throw new InvalidOperationException($"No mock cluster: {Encoding.UTF8.GetString(error).TrimEnd('\0')}");
        }

        cluster = rd_kafka_mock_cluster_new(client, brokers);
        if (cluster == 0)
        {
            throw new InvalidOperationException("No mock cluster: its ports could not be opened");
        }

        Bootstrap = Marshal.PtrToStringUTF8(rd_kafka_mock_cluster_bootstraps(cluster))!;
    }

    public int Brokers { get; }

    /// <summary>The brokers' addresses.</summary>
    public string Bootstrap { get; }

    public void CreateTopic(string topic, int partitions) => Check(rd_kafka_mock_topic_create(cluster, topic, partitions, Brokers));

    /// <summary>Sets how long a new group waits for more members before it assigns the partitions.</summary>
    public void SetRebalanceDelay(TimeSpan delay) => rd_kafka_mock_group_initial_rebalance_delay_ms(cluster, (int)delay.TotalMilliseconds);

    public void SetDown(int broker) => Check(rd_kafka_mock_broker_set_down(cluster, broker));

    public void SetUp(int broker) => Check(rd_kafka_mock_broker_set_up(cluster, broker));

    /// <summary>Makes the next requests of a kind fail, each with one of the errors.</summary>
    /// <param name="api">Kafka's API key of the request: 0 Produce, 1 Fetch, 8 OffsetCommit, 9 OffsetFetch, 12 Heartbeat, ….</param>
    /// <param name="errors">Kafka's error codes.</param>
    public void Fail(short api, params int[] errors) => rd_kafka_mock_push_request_errors_array(cluster, api, (nuint)errors.Length, errors);

    public void Dispose()
    {
        rd_kafka_mock_cluster_destroy(cluster);
        rd_kafka_destroy(client);
    }

    private static void Check(int error)
    {
        if (error != 0)
        {
            throw new InvalidOperationException($"The mock cluster failed: {(Confluent.Kafka.ErrorCode)error}");
        }
    }

    private static nint Load(string name, Assembly assembly, DllImportSearchPath? path)
    {
        foreach (string build in new[] { name, $"centos8-{name}", $"alpine-{name}" })
        {
            if (NativeLibrary.TryLoad(build, assembly, path, out nint handle))
            {
                return handle;
            }
        }

        return 0;
    }

#pragma warning disable SYSLIB1054 // Generated marshalling would need unsafe code, for calls that are made a few times in all
    [DllImport(Native)]
    private static extern nint rd_kafka_conf_new();

    [DllImport(Native)]
    private static extern int rd_kafka_conf_set(
        nint conf,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string name,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string value,
        byte[] error,
        nuint errorSize
    );

    [DllImport(Native)]
    private static extern nint rd_kafka_new(int type, nint conf, byte[] error, nuint errorSize);

    [DllImport(Native)]
    private static extern void rd_kafka_destroy(nint client);

    [DllImport(Native)]
    private static extern nint rd_kafka_mock_cluster_new(nint client, int brokers);

    [DllImport(Native)]
    private static extern void rd_kafka_mock_cluster_destroy(nint cluster);

    [DllImport(Native)]
    private static extern nint rd_kafka_mock_cluster_bootstraps(nint cluster);

    [DllImport(Native)]
    private static extern int rd_kafka_mock_topic_create(
        nint cluster,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string topic,
        int partitions,
        int replicas
    );

    [DllImport(Native)]
    private static extern void rd_kafka_mock_group_initial_rebalance_delay_ms(nint cluster, int milliseconds);

    [DllImport(Native)]
    private static extern int rd_kafka_mock_broker_set_down(nint cluster, int broker);

    [DllImport(Native)]
    private static extern int rd_kafka_mock_broker_set_up(nint cluster, int broker);

    [DllImport(Native)]
    private static extern void rd_kafka_mock_push_request_errors_array(nint cluster, short api, nuint count, int[] errors);
#pragma warning restore SYSLIB1054
}
