using CleverTap.Rudder.Testing;
using CleverTap.Rudder.Tests.Queues;
using KafkaWorker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using static CleverTap.Rudder.Tests.Delivery.RoutingSession;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>A queue in front of a route to two accounts.</summary>
public sealed class RoutingQueueTests
{
    /// <summary>More events than the window of a queue in these tests.</summary>
    private const int Many = 60;

    private RoutingSession session = null!;

    [SetUp]
    public async Task Create()
    {
        session = await RoutingSession.CreateAsync();
        session.Configure = (_, options) => (options.MaxBatchRecords, options.MaxInFlight) = (2, 1);
    }

    [TearDown]
    public async Task Dispose() => await session.DisposeAsync();

    [TestCase(QueueSession.Memory)]
    [TestCase(QueueSession.Disk)]
    [TestCase(QueueSession.Kafka)]
    public async Task Queue_delivers_each_event_to_its_account_and_unroutable_events_to_the_handlers(string kind)
    {
        using MockCluster? brokers = kind == QueueSession.Kafka ? StartBrokers() : null;
        IHost host = await session.StartAsync(route => AddQueue(route, kind, brokers));

        await EnqueueAsync(host, Event("eu-1", 1), Event("asia-1", 2), Event("us-1", 3), Event("broken", 4), Event("eu-1", 5));
        bool isFlushed = await host.Services.GetRequiredService<ICleverTapQueue>().FlushAsync();
        await host.StopAsync();

        Assert.That(isFlushed);
        Assert.That(Stored(session.Eu), Is.EquivalentTo(new[] { "eu-1 1", "eu-1 5" }));
        Assert.That(Stored(session.Us), Is.EqualTo(new[] { "us-1 3" }));
        Assert.That(
            session.Notified,
            Is.EquivalentTo(
                new[] { "m-eu-1-1 Delivered", "m-asia-1-2 Invalid", "m-us-1-3 Delivered", "m-broken-4 Invalid", "m-eu-1-5 Delivered" }
            )
        );
    }

    [TestCase(QueueSession.Memory, true)]
    [TestCase(QueueSession.Memory, false)]
    [TestCase(QueueSession.Disk, true)]
    [TestCase(QueueSession.Disk, false)]
    public async Task Queue_delivers_to_one_account_while_the_other_is_paused(string kind, bool isRefused)
    {
        Break(isRefused);
        IHost host = await session.StartAsync(route => AddQueue(route, kind));

        await EnqueueAsync(host, Events("eu-1"));
        await EnqueueAsync(host, Events("us-1"));
        await Polling.WaitUntilAsync(() => session.Us.EventCount == Many, "the other account's events arrive");

        Assert.That(Stored(session.Us), Is.EqualTo(Enumerable.Range(1, Many).Select(number => $"us-1 {number}")));
        Assert.That(session.Eu.EventCount, Is.Zero);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task SendAsync_delivers_to_one_account_while_the_other_is_paused(bool isRefused)
    {
        Break(isRefused);
        IHost host = await session.StartAsync();
        using var cancel = new CancellationTokenSource();

        Task<DeliveryReport> sending = host
            .Services.GetRequiredService<ICleverTapDestination>()
            .SendAsync([.. Events("eu-1"), .. Events("us-1")], cancel.Token);
        await Polling.WaitUntilAsync(() => session.Us.EventCount == Many, "the other account's events arrive");
        await cancel.CancelAsync();

        DeliveryReport report = await sending;
        Assert.That(report.Take(Many).Select(outcome => outcome.Kind), Is.All.EqualTo(OutcomeKind.Undelivered));
        Assert.That(Stored(session.Us), Is.EqualTo(Enumerable.Range(1, Many).Select(number => $"us-1 {number}")));
    }

    [Test]
    public async Task Stop_delivers_to_the_other_account_and_ends_when_one_refuses_the_credentials()
    {
        Break(isRefused: true);
        IHost host = await session.StartAsync(route => AddQueue(route, QueueSession.Memory));
        RudderEvent[] mixed = [.. Events("eu-1").Zip(Events("us-1"), (eu, us) => new[] { eu, us }).SelectMany(pair => pair)];

        await EnqueueAsync(host, mixed);
        await host.StopAsync();

        Assert.That(session.Us.EventCount, Is.EqualTo(Many));
        Assert.That(session.Notified.Where(line => line.Contains("eu-1")), Has.Exactly(Many).EndsWith("Undelivered"));
    }

    [Test]
    public async Task Outbox_keeps_the_events_of_an_account_that_refuses_the_credentials()
    {
        Break(isRefused: true);
        IHost first = await session.StartAsync(route => AddQueue(route, QueueSession.Disk));
        await EnqueueAsync(first, [.. Events("eu-1"), .. Events("us-1")]);
        await first.StopAsync();
        first.Dispose();
        Assert.That(session.Us.EventCount, Is.EqualTo(Many));

        session.Configure = (_, _) => { };
        IHost second = await session.StartAsync(route => AddQueue(route, QueueSession.Disk));
        Assert.That(await second.Services.GetRequiredService<ICleverTapQueue>().FlushAsync());

        Assert.That(Stored(session.Eu), Is.EqualTo(Enumerable.Range(1, Many).Select(number => $"eu-1 {number}")));
        Assert.That(session.Us.EventCount, Is.EqualTo(Many));
    }

    [TestCase(QueueSession.Memory)]
    [TestCase(QueueSession.Disk)]
    public async Task Duplicates_are_filtered_and_an_unroutable_event_is_not_a_duplicate_later(string kind)
    {
        session.Configure = (_, options) =>
            options.DeduplicationWindow = new DeduplicationWindow { Count = 100, Time = TimeSpan.FromHours(1) };
        IHost host = await session.StartAsync(route => AddQueue(route, kind));

        await EnqueueAsync(host, Event("eu-1", 1));
        await EnqueueAsync(host, Event("eu-1", 1), Event("asia-1", 2));
        await host.Services.GetRequiredService<ICleverTapQueue>().FlushAsync();
        await EnqueueAsync(host, Event("us-1", 2) with { MessageId = "m-asia-1-2" });
        await host.StopAsync();

        Assert.That(Stored(session.Eu), Is.EqualTo(new[] { "eu-1 1" }));
        Assert.That(Stored(session.Us), Is.EqualTo(new[] { "us-1 2" }));
    }

    [Test]
    public async Task DeleteUsers_removes_waiting_events_of_a_routed_queue()
    {
        Break(isRefused: true);
        IHost host = await session.StartAsync(route => AddQueue(route, QueueSession.Memory));
        await EnqueueAsync(host, Events("eu-1"));

        await host.Services.GetRequiredService<ICleverTapDestination>().DeleteUsersAsync(["eu-1"]);
        await host.StopAsync();

        Assert.That(session.Notified, Has.Exactly(Many).EndsWith("Filtered"));
        Assert.That(session.Us.Deleted, Is.EqualTo(new[] { "eu-1" }));
    }

    private static RudderEvent[] Events(string user) => [.. Enumerable.Range(1, Many).Select(number => Event(user, number))];

    private static MockCluster StartBrokers()
    {
        var brokers = new MockCluster(brokers: 1);
        brokers.CreateTopic("events", 1);
        brokers.CreateTopic("events.dead-letters", 1);
        brokers.SetRebalanceDelay(TimeSpan.FromMilliseconds(10));
        return brokers;
    }

    /// <summary>Makes "eu" refuse the credentials or respond with errors.</summary>
    private void Break(bool isRefused)
    {
        Action<string, CleverTapOptions> before = session.Configure;
        session.Configure = (name, options) =>
        {
            before(name, options);
            options.Passcode = isRefused && name == "eu" ? "wrong" : options.Passcode;
            options.RetryMaxDelay = TimeSpan.FromMilliseconds(20);
            options.MaxAttempts = int.MaxValue;
        };
        session.Eu.Faults = isRefused ? CleverTapFaults.None : new CleverTapFaults { Unavailable = 1 };
    }

    private void AddQueue(ICleverTapDestinationBuilder route, string kind, MockCluster? brokers = null) =>
        _ = kind switch
        {
            QueueSession.Memory => route.AddBackgroundDelivery(options => options.FlushSize = 1),
            QueueSession.Disk => route.AddSqliteOutbox(session.Database, options => options.FlushSize = 1),
            _ => route.AddKafkaConsumer(
                "events",
                options =>
                {
                    options.BootstrapServers = brokers!.Bootstrap;
                    options.FlushSize = 1;
                }
            ),
        };
}
