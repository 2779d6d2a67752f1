using System.Collections.Concurrent;
using System.Globalization;
using CleverTap.Rudder.Testing;
using KafkaWorker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Queues;

/// <summary>A CleverTap and hosts whose queue is in memory, on disk or on Kafka, and otherwise the same.</summary>
internal sealed class QueueSession : IAsyncDisposable
{
    public const string Memory = "memory";
    public const string Disk = "disk";
    public const string Kafka = "Kafka";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

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

    /// <summary>What the outcome handler was notified of.</summary>
    public ConcurrentQueue<EventOutcome> Notified { get; } = new();

    public static async Task<QueueSession> CreateAsync(string kind) => new(kind, await CleverTapEmulator.StartAsync());

    public static TrackEvent Event(int number, string user = "u") =>
        new()
        {
            MessageId = $"m-{number}",
            UserId = user,
            Event = number.ToString(CultureInfo.InvariantCulture),
        };

    /// <summary>Waits, as long as a slow machine may need.</summary>
    public static async Task Until(Func<bool> condition, string what)
    {
        using var late = new CancellationTokenSource(Patience);
        while (!condition())
        {
            Assert.That(late.IsCancellationRequested, Is.False, $"Not in time: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
    }

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
