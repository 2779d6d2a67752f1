using System.Collections.Concurrent;
using System.Globalization;
using CleverTap.Rudder.Testing;
using KafkaWorker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Queues;

/// <summary>A CleverTap emulator, and hosts whose queue is in memory, on disk or on Kafka.</summary>
internal sealed class QueueSession : IAsyncDisposable
{
    public const string Memory = "memory";
    public const string Disk = "disk";
    public const string Kafka = "Kafka";

    private readonly string kind;
    private readonly List<IHost> hosts = [];

    private QueueSession(string kind, CleverTapEmulator cleverTap)
    {
        this.kind = kind;
        CleverTap = cleverTap;
        if (kind == Kafka)
        {
            Brokers = new MockCluster(brokers: 3);
            Brokers.CreateTopic("events", 2);
            Brokers.CreateTopic("events.dead-letters", 2);
            Brokers.SetRebalanceDelay(TimeSpan.FromMilliseconds(10));
        }
    }

    public CleverTapEmulator CleverTap { get; }

    public MockCluster? Brokers { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("queue-").FullName;

    public string Database => Path.Combine(Folder, "outbox.db");

    /// <summary>The outcomes that the handler was called with.</summary>
    public ConcurrentQueue<EventOutcome> Notified { get; } = new();

    /// <summary>Adds to the destination.</summary>
    public Action<ICleverTapDestinationBuilder> Build { get; set; } = _ => { };

    public static async Task<QueueSession> CreateAsync(string kind) => new(kind, await CleverTapEmulator.StartAsync());

    public static TrackEvent Event(int number, string user = "u") =>
        new()
        {
            MessageId = $"m-{number}",
            UserId = user,
            Event = number.ToString(CultureInfo.InvariantCulture),
        };

    public async Task<IHost> StartAsync(
        Action<BackgroundDeliveryOptions>? configure = null,
        Action<CleverTapOptions>? configureDelivery = null,
        Func<DelegatingHandler>? httpHandler = null,
        Action<IServiceCollection>? services = null,
        bool start = true
    )
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMinutes(10));
        services?.Invoke(builder.Services);
        ICleverTapDestinationBuilder destination = builder.Services.AddCleverTapDestination(options =>
        {
            (options.AccountId, options.Passcode, options.Endpoint) = (CleverTap.AccountId, CleverTap.Passcode, CleverTap.Endpoint);
            (options.RetryBaseDelay, options.CredentialsCheck) = (TimeSpan.FromMilliseconds(1), CredentialsCheckMode.Off);
            configureDelivery?.Invoke(options);
        });
        if (httpHandler is not null)
        {
            destination.HttpClientBuilder.AddHttpMessageHandler(httpHandler);
        }

        AddQueue(
            destination,
            options =>
            {
                (options.FlushSize, options.RetryInterval) = (1, TimeSpan.FromMilliseconds(50));
                configure?.Invoke(options);
            }
        );
        destination.AddOutcomeHandler(
            (_, outcome) =>
            {
                Notified.Enqueue(outcome);
                return Task.CompletedTask;
            }
        );
        Build(destination);
        IHost host = builder.Build();
        hosts.Add(host);
        if (start)
        {
            await host.StartAsync();
        }

        return host;
    }

    public async ValueTask DisposeAsync()
    {
        hosts.ForEach(host => host.Dispose());
        await CleverTap.DisposeAsync();
        Brokers?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private void AddQueue(ICleverTapDestinationBuilder destination, Action<BackgroundDeliveryOptions> configure) =>
        _ = kind switch
        {
            Memory => destination.AddBackgroundDelivery(configure),
            Disk => destination.AddSqliteOutbox(Database, configure),
            _ => destination.AddKafkaConsumer(
                "events",
                options =>
                {
                    options.BootstrapServers = Brokers!.Bootstrap;
                    options.Client["session.timeout.ms"] = "2000";
                    options.Client["heartbeat.interval.ms"] = "200";
                    options.Client["reconnect.backoff.max.ms"] = "500";
                    configure(options);
                }
            ),
        };
}
