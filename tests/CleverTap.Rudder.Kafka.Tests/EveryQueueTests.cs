using System.Collections.Concurrent;
using System.Globalization;
using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Kafka;

/// <summary>One line selects whether a host queues in memory, on disk or in Kafka; everything else is the same.</summary>
[Category("Slow")]
public sealed class EveryQueueTests
{
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromMinutes(1);

    private const int Users = 5;
    private const int Events = 300;

    private string folder = null!;
    private KafkaBrokers brokers = null!;
    private CleverTapEmulator cleverTap = null!;

    [SetUp]
    public async Task Start()
    {
        folder = Directory.CreateTempSubdirectory("queue-").FullName;
        brokers = await KafkaBrokers.StartAsync(partitions: 2);
        cleverTap = await CleverTapEmulator.StartAsync(
            new CleverTapEmulatorOptions
            {
                Faults = new CleverTapFaults
                {
                    Seed = 6,
                    ServerError = 0.2,
                    TooManyRequests = 0.1,
                    RetryAfter = TimeSpan.Zero,
                },
            }
        );
    }

    [TearDown]
    public async Task Stop()
    {
        await cleverTap.DisposeAsync();
        await brokers.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [TestCase("memory")]
    [TestCase("disk")]
    [TestCase("Kafka")]
    public async Task Same_host_delivers_from_every_queue(string queue)
    {
        ConcurrentQueue<(string? MessageId, OutcomeKind Kind, int? Code)> notified = new();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        ICleverTapDestinationBuilder destination = builder.Services.AddCleverTapDestination(options =>
        {
            (options.AccountId, options.Passcode, options.Endpoint) = (cleverTap.AccountId, cleverTap.Passcode, cleverTap.Endpoint);
            (options.MaxBatchRecords, options.RetryBaseDelay, options.CredentialsCheck) = (
                20,
                TimeSpan.FromMilliseconds(1),
                CredentialsCheckMode.Off
            );
        });

        // The line that selects the queue.
        _ = queue switch
        {
            "memory" => destination.AddBackgroundDelivery(options => options.GiveUpAfter = GiveUpAfter),
            "disk" => destination.AddSqliteOutbox(Path.Combine(folder, "clevertap.db"), options => options.GiveUpAfter = GiveUpAfter),
            _ => destination.AddKafkaConsumer(
                brokers.Topic,
                options =>
                    (options.BootstrapServers, options.GroupId, options.GiveUpAfter) = (brokers.Bootstrap, brokers.Group, GiveUpAfter)
            ),
        };

        destination.AddOutcomeHandler(
            (rudderEvent, outcome) =>
            {
                notified.Enqueue((rudderEvent.MessageId, outcome.Kind, outcome.Code));
                return Task.CompletedTask;
            }
        );
        using IHost host = builder.Build();
        await host.StartAsync();
        await EnqueueAndFlushAsync(host.Services.GetRequiredService<ICleverTapQueue>());
        await host.StopAsync();

        Assert.That(
            notified.Select(outcome => outcome.MessageId),
            Is.EquivalentTo(Enumerable.Range(0, Events).Select(i => $"m-{i}").Append("rejected").Append("invalid")),
            "each event is notified once"
        );
        Assert.That(
            notified.Where(outcome => outcome.Kind != OutcomeKind.Delivered),
            Is.EquivalentTo(
                new (string?, OutcomeKind, int?)[] { ("rejected", OutcomeKind.Rejected, 513), ("invalid", OutcomeKind.Invalid, null) }
            )
        );
        int[] stored = [.. cleverTap.Events.Select(e => int.Parse(e.Name, CultureInfo.InvariantCulture))];
        Assert.That(stored.Order(), Is.EqualTo(Enumerable.Range(0, Events)));
        foreach (IGrouping<int, int> user in stored.GroupBy(number => number % Users))
        {
            Assert.That(user, Is.Ordered, $"user {user.Key}");
        }
    }

    private static async Task EnqueueAndFlushAsync(ICleverTapQueue queue)
    {
        for (int i = 0; i < Events; i++)
        {
            Assert.That(
                await queue.EnqueueAsync(
                    new TrackEvent
                    {
                        MessageId = $"m-{i}",
                        UserId = $"u{i % Users}",
                        Event = i.ToString(CultureInfo.InvariantCulture),
                    }
                ),
                Is.True
            );
        }

        await queue.EnqueueAsync(
            new TrackEvent
            {
                MessageId = "rejected",
                UserId = "u0",
                Event = "App Launched",
            }
        );
        await queue.EnqueueAsync(new TrackEvent { MessageId = "invalid", UserId = "u1" });

        Assert.That(await queue.FlushAsync(), Is.True);
    }
}
