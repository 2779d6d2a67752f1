using KafkaWorker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Benchmarks.Throughput;

/// <summary>Measures how well uploads overlap against a server with latency, for each way of delivery.</summary>
/// <remarks>
/// The ideal is the maximum number of full uploads in flight at any time, or one full upload after the other if one user with many events
/// needs longer. The first upload starts after all events are enqueued. The command prints each result as a line of JSON.
/// </remarks>
internal static class PipelineCommand
{
    private const int Events = 100_000;
    private const string Topic = "events";
    private const int Partitions = 6;

    private static readonly (string Name, Func<int, TimeSpan> Latency, Func<int, string> User, double ShareOfOneUser)[] Cases =
    [
        ("steady", _ => TimeSpan.FromMilliseconds(200), index => $"u{index}", 0),
        ("slow-tail", SlowTail, index => $"u{index}", 0),
        ("half-of-one-user", _ => TimeSpan.FromMilliseconds(200), index => index % 2 == 0 ? "u" : $"u{index}", 0.5),
    ];

    public static async Task<int> RunAsync(string[] names)
    {
        (string Name, Func<LatencyServer, IReadOnlyList<RudderEvent>, Task> RunAsync)[] ways =
        [
            ("send", SendAsync),
            ("memory", (server, events) => QueueAsync(server, events, destination => destination.AddBackgroundDelivery(Configure))),
            ("outbox", OutboxAsync),
            ("kafka", KafkaAsync),
        ];
        foreach ((string way, Func<LatencyServer, IReadOnlyList<RudderEvent>, Task> runAsync) in ways)
        {
            foreach ((string name, Func<int, TimeSpan> latency, Func<int, string> user, double shareOfOneUser) in Cases)
            {
                if (names.Length == 0 || names.Contains(way) || names.Contains(name))
                {
                    RudderEvent[] events = [.. Enumerable.Range(0, Events).Select(index => Event(index, user(index)))];
                    await using LatencyServer server = await LatencyServer.StartAsync(latency);
                    await runAsync(server, events);
                    if (server.Events != Events)
                    {
                        throw new InvalidOperationException($"The server received {server.Events} of {Events} events");
                    }

                    Print(way, name, server, shareOfOneUser);
                }
            }
        }

        return 0;
    }

    /// <summary>Two of 100 responses take 5 s instead of 0.2 s.</summary>
    private static TimeSpan SlowTail(int number) => TimeSpan.FromMilliseconds(number is 10 or 60 ? 5000 : 200);

    private static TrackEvent Event(int index, string user) =>
        new()
        {
            MessageId = $"m{index}",
            UserId = user,
            Event = "Product Viewed",
        };

    private static void Configure(BackgroundDeliveryOptions options) => options.Capacity = Events;

    private static void Print(string way, string name, LatencyServer server, double shareOfOneUser)
    {
        var options = new CleverTapOptions();
        double rate = Events / server.Elapsed.TotalSeconds;
        double uploadsAtOnce = Math.Min(options.MaxInFlight, 1 / shareOfOneUser);
        double ideal = uploadsAtOnce * options.MaxBatchRecords / server.MeanLatency.TotalSeconds;
        new ResultLine("pipeline")
            .Add("way", way)
            .Add("case", name)
            .Add("events_per_s", rate)
            .Add("ideal", ideal)
            .Add("ratio", rate / ideal, decimals: 2)
            .Add("in_flight", server.MeanInFlight, decimals: 2)
            .Print();
    }

    private static async Task SendAsync(LatencyServer server, IReadOnlyList<RudderEvent> events)
    {
        using IHost host = Build(server, _ => { });
        await host.Services.GetRequiredService<ICleverTapDestination>().SendAsync(events);
    }

    private static async Task OutboxAsync(LatencyServer server, IReadOnlyList<RudderEvent> events)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("pipeline-");
        try
        {
            string file = Path.Combine(folder.FullName, "outbox.db");
            await QueueAsync(server, events, destination => destination.AddSqliteOutbox(file, Configure));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Enqueues all events before the delivery starts.</summary>
    private static async Task QueueAsync(LatencyServer server, IReadOnlyList<RudderEvent> events, Action<ICleverTapDestinationBuilder> add)
    {
        using IHost host = Build(server, add);
        var queue = host.Services.GetRequiredService<ICleverTapQueue>();
        await Task.WhenAll(events.Select(e => queue.EnqueueAsync(e).AsTask()));
        await host.StartAsync();
        await queue.FlushAsync();
        await host.StopAsync();
    }

    private static async Task KafkaAsync(LatencyServer server, IReadOnlyList<RudderEvent> events)
    {
        using var kafka = new MockCluster(brokers: 3);
        kafka.CreateTopic(Topic, Partitions);
        kafka.CreateTopic($"{Topic}.dead-letters", 1);
        await QueueAsync(
            server,
            events,
            destination =>
                destination.AddKafkaConsumer(
                    Topic,
                    options =>
                    {
                        options.BootstrapServers = kafka.Bootstrap;

                        // The mock brokers keep 5 MB of a partition; one partition has more than half of all events.
                        options.Client["compression.type"] = "lz4";
                    }
                )
        );
    }

    private static IHost Build(LatencyServer server, Action<ICleverTapDestinationBuilder> add)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        add(
            builder.Services.AddCleverTapDestination(options =>
                (options.AccountId, options.Passcode, options.Endpoint) = ("account", "passcode", server.Address)
            )
        );
        return builder.Build();
    }
}
