using System.Diagnostics.Metrics;
using CleverTap.Rudder.Testing;
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
    public async Task Two_culprits_become_dead_letters_and_every_other_event_is_stored_once_in_order()
    {
        const int Events = 20_000;
        session.Write(Enumerable.Range(0, Events).Select(number => Message(number, isCulprit: number is 4_321 or 15_678)));
        using var culprits = new CulpritHandler(Culprit);

        using IHost host = await session.StartHostAsync(
            options => options.GiveUpAfter = TimeSpan.FromSeconds(1),
            options => options.RetryMaxDelay = TimeSpan.FromMilliseconds(200),
            client: client => client.AddHttpMessageHandler(() => culprits));
        await session.UntilThrough();
        await host.StopAsync();

        await TestContext.Out.WriteLineAsync($"{culprits.Failures} failed uploads, {session.CleverTap.RequestCount} others");
        IEnumerable<int> others = Enumerable.Range(0, Events).Except([4_321, 15_678]);
        Assert.That(session.CleverTap.Events.Select(DemoReport.NumberOf), Is.EquivalentTo(others));
        Assert.That(DemoReport.IsInOrder(session.CleverTap.Events));
        (string, string)[] letters =
            [.. session.Letters.Select(letter => (DemoReport.Header(letter, "outcome"), DemoReport.Header(letter, "code")))];
        Assert.That(letters, Is.EqualTo(new[] { ("Undelivered", "500"), ("Undelivered", "500") }));
        Assert.That(culprits.Failures, Is.LessThanOrEqualTo(2 * 60));
    }

    [Test]
    public async Task A_partition_runs_ahead_of_its_oldest_open_event_only_so_far()
    {
        // A partition may hold 200 events and run 200 ahead: the window is 2 * 20.
        const int MaxAhead = 200;
        session.Write(Enumerable.Range(0, 3_000).Select(number => Message(number, isCulprit: number == 0)));
        int[] partition = session.Contents().Single(numbers => numbers[0] == 0);
        using var culprits = new CulpritHandler(Culprit);
        using IHost host = await session.StartHostAsync(
            options => (options.Capacity, options.FlushSize, options.GiveUpAfter) =
                (2 * MaxAhead, 20, TimeSpan.FromMinutes(5)),
            options => (options.MaxBatchRecords, options.MaxInFlight, options.RetryMaxDelay) =
                (20, 1, TimeSpan.FromMilliseconds(10)),
            client: client => client.AddHttpMessageHandler(() => culprits));
        IMeterFactory meters = host.Services.GetRequiredService<IMeterFactory>();
        using var depth = new MetricCollector<int>(meters, CleverTapMetrics.Name, "clevertap.queue.depth");

        int others = session.Contents().Sum(numbers => numbers.Length) - partition.Length;
        await KafkaSession.Until(() => session.CleverTap.EventCount - OfPartition() >= others, "the other partition is delivered");
        await KafkaSession.Until(() => OfPartition() >= MaxAhead - 1, "the partition has run ahead");
        int ahead = OfPartition();
        long committed = session.View.Committed(KafkaSession.Topic, 2)[Array.FindIndex(session.Contents(), numbers => numbers[0] == 0)];
        culprits.IsOff = true;
        await session.UntilThrough();
        await host.StopAsync();

        Assert.That((ahead, committed), Is.EqualTo((MaxAhead - 1, 0)));
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
