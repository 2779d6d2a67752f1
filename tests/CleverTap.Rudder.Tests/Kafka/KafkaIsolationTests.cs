using System.Diagnostics;
using System.Diagnostics.Metrics;
using CleverTap.Rudder.Testing;
using CleverTap.Rudder.Tests.Delivery;
using KafkaWorker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Kafka;

/// <summary>Events that CleverTap breaks on, among others.</summary>
public sealed class KafkaIsolationTests
{
    private const string Culprit = "Culprit";

    private KafkaSession session = null!;

    [SetUp]
    public async Task Start() => session = await KafkaSession.StartAsync();

    [TearDown]
    public async Task Stop() => await session.DisposeAsync();

    [Test]
    public async Task Two_culprits_of_twenty_thousand_become_dead_letters_of_the_topic([Values] bool dropsCulprits)
    {
        await using CulpritServer server = new() { DropsCulprits = dropsCulprits };
        session.Write(Enumerable.Range(0, CulpritEvents.Count).Select(
            index => ((string?)CulpritEvents.User(index), (string?)DemoEvents.Track(CulpritEvents.User(index), CulpritEvents.NameOf(index), index))));
        var watch = Stopwatch.StartNew();

        using IHost host = await session.StartHostAsync(
            options => options.GiveUpAfter = TimeSpan.FromSeconds(1),
            delivery => (delivery.Endpoint, delivery.RetryBaseDelay) = (server.Endpoint, TimeSpan.FromMilliseconds(20)));
        await session.UntilThrough();
        watch.Stop();
        await host.StopAsync();

        Assert.That(session.Letters.Select(letter => DemoReport.Header(letter, "outcome")), Is.EqualTo(new[] { "Undelivered", "Undelivered" }));
        CulpritEvents.AssertOthersAreStoredOnceInOrder(server, watch.Elapsed);
    }

    [Test]
    public async Task A_slow_tail_leaves_no_slot_empty()
    {
        // As the defaults with uploads of 1000 records, five times smaller.
        const int Events = 20_000;
        await using CulpritServer server = new() { Latency = CulpritServer.SlowTail };
        session.Write(Enumerable.Range(0, Events).Select(number => ((string?)$"u{number}", (string?)DemoEvents.Track($"u{number}", "e", number))));

        using IHost host = await session.StartHostAsync(
            options => (options.Capacity, options.FlushSize) = (2_000, 200),
            delivery => (delivery.Endpoint, delivery.MaxBatchRecords) = (server.Endpoint, 200));
        await session.UntilThrough();
        await host.StopAsync();

        Assert.That(server.StoredCount, Is.EqualTo(Events));
        server.AssertSlotsAreBusy();
    }

    [Test]
    public async Task A_partition_runs_ahead_of_its_oldest_open_event_only_so_far()
    {
        // Two partitions may hold 200 events each, and run 16 windows of 2 * 20 ahead together. One that is full stops before.
        const int MaxHeld = 200;
        const int MaxAhead = 320;
        session.Write(Enumerable.Range(0, 3_000).Select(number => Message(number, isCulprit: number == 0)));
        int[] partition = session.Contents().Single(numbers => numbers[0] == 0);
        using var culprits = new CulpritHandler(Culprit);
        using IHost host = await session.StartHostAsync(
            options => (options.Capacity, options.FlushSize, options.GiveUpAfter) =
                (2 * MaxHeld, 20, TimeSpan.FromMinutes(5)),
            options => (options.MaxBatchRecords, options.MaxInFlight, options.RetryMaxDelay) =
                (20, 1, TimeSpan.FromMilliseconds(10)),
            client: client => client.AddHttpMessageHandler(() => culprits));
        IMeterFactory meters = host.Services.GetRequiredService<IMeterFactory>();
        using var depth = new MetricCollector<int>(meters, CleverTapMetrics.Name, "clevertap.queue.depth");

        int others = session.Contents().Sum(numbers => numbers.Length) - partition.Length;
        await KafkaSession.Until(() => session.CleverTap.EventCount - OfPartition() >= others, "the other partition is delivered");
        await KafkaSession.Until(() => OfPartition() > MaxHeld, "the partition has run ahead");
        int ahead = OfPartition();
        long committed = session.View.Committed(KafkaSession.Topic, 2)[Array.FindIndex(session.Contents(), numbers => numbers[0] == 0)];
        culprits.IsOff = true;
        await session.UntilThrough();
        await host.StopAsync();

        Assert.That(ahead, Is.LessThan(MaxAhead));
        Assert.That(committed, Is.Zero);
        Assert.That(session.CleverTap.Events.Select(DemoReport.NumberOf), Is.EquivalentTo(Enumerable.Range(0, 3_000)));
        Assert.That(DemoReport.IsInOrder(session.CleverTap.Events));
        Assert.That(depth.GetMeasurementSnapshot().Sum(change => change.Value), Is.Zero, "nothing is counted as waiting in the end");

        int OfPartition() => session.CleverTap.Events.Select(DemoReport.NumberOf).Intersect(partition).Count();
    }

    private static (string? Key, string? Value) Message(int number, bool isCulprit)
    {
        string user = $"user-{number % DemoEvents.Users}";
        return (user, DemoEvents.Track(user, isCulprit ? Culprit : "Product Viewed", number));
    }
}
