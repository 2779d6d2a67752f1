using System.Diagnostics;
using System.Diagnostics.Metrics;
using CleverTap.Rudder.Testing;
using CleverTap.Rudder.Tests.Delivery;
using KafkaWorker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace CleverTap.Rudder.Tests.Kafka;

/// <summary>Events that CleverTap breaks on, among others.</summary>
public sealed class KafkaIsolationTests : KafkaFixture
{
    private const string Culprit = "Culprit";

    [Test]
    public async Task Two_culprits_of_twenty_thousand_become_dead_letters_of_the_topic([Values] bool dropsConnections)
    {
        await using PoisonEventServer server = new() { DropsConnections = dropsConnections };
        Session.Write(
            Enumerable
                .Range(0, PoisonEvents.Count)
                .Select(index =>
                    (
                        (string?)PoisonEvents.User(index),
                        (string?)DemoEvents.Track(PoisonEvents.User(index), PoisonEvents.NameOf(index), index)
                    )
                )
        );
        var watch = Stopwatch.StartNew();

        using IHost host = await Session.StartHostAsync(
            options => options.GiveUpAfter = TimeSpan.FromSeconds(1),
            delivery => (delivery.Endpoint, delivery.RetryBaseDelay) = (server.Endpoint, TimeSpan.FromMilliseconds(20))
        );
        await Session.UntilThrough();
        watch.Stop();
        await host.StopAsync();

        Assert.That(
            Session.Letters.Select(letter => DemoReport.Header(letter, "outcome")),
            Is.EqualTo(new[] { "Undelivered", "Undelivered" })
        );
        PoisonEvents.AssertOthersAreStoredOnceInOrder(server, watch.Elapsed);
    }

    [Test]
    public async Task A_slow_tail_leaves_no_slot_empty()
    {
        // As the defaults with uploads of 1000 records, five times smaller.
        const int Events = 20_000;
        await using PoisonEventServer server = new() { Latency = PoisonEventServer.SlowTail };
        Session.Write(
            Enumerable.Range(0, Events).Select(number => ((string?)$"u{number}", (string?)DemoEvents.Track($"u{number}", "e", number)))
        );

        using IHost host = await Session.StartHostAsync(
            options => (options.Capacity, options.FlushSize) = (2_000, 200),
            delivery => (delivery.Endpoint, delivery.MaxBatchRecords) = (server.Endpoint, 200)
        );
        await Session.UntilThrough();
        await host.StopAsync();

        Assert.That(server.StoredCount, Is.EqualTo(Events));
        server.AssertSlotsAreBusy();
    }

    [Test]
    public async Task A_user_that_is_stuck_for_an_hour_pauses_its_partition_at_its_bound_and_no_other()
    {
        // Two partitions may hold 200 events each, and run 16 windows of 2 * 20 ahead together. One that is full stops before.
        const int MaxHeld = 200;
        const int MaxAhead = 320;
        const int Events = 3_000;
        Session.Write(Enumerable.Range(0, Events).Select(number => Message(number, isCulprit: number == 0)));
        int[] partition = Session.Contents().Single(numbers => numbers[0] == 0);
        using var culprits = new PoisonEventHandler(Culprit);
        var clock = new FakeTimeProvider();
        using IHost host = await Session.StartHostAsync(
            options => (options.Capacity, options.FlushSize) = (2 * MaxHeld, 20),
            options => (options.MaxBatchRecords, options.MaxInFlight) = (20, 1),
            services: services => services.AddSingleton<TimeProvider>(clock),
            client: client => client.AddHttpMessageHandler(() => culprits)
        );
        IMeterFactory meters = host.Services.GetRequiredService<IMeterFactory>();
        using var depth = new MetricCollector<int>(meters, CleverTapMetrics.Name, "clevertap.queue.depth");

        await Until(() => Session.CleverTap.EventCount - OfPartition() >= Events - partition.Length, "the other partition is delivered");
        await Until(() => OfPartition() > MaxHeld, "the partition has run ahead");
        for (int minute = 0; minute < 60; minute++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await Until(() => true, "the next attempt is made");
        }

        int ahead = OfPartition();
        long committed = Session.View.Committed(KafkaSession.Topic, 2)[Array.FindIndex(Session.Contents(), numbers => numbers[0] == 0)];
        culprits.IsOff = true;
        await Until(() => Session.IsThrough, "everything is committed");
        await host.StopAsync();

        Assert.That(ahead, Is.LessThan(MaxAhead));
        Assert.That(committed, Is.Zero);
        Assert.That(culprits.Failures, Is.LessThanOrEqualTo(60));
        Assert.That(Session.CleverTap.Events.Select(DemoReport.NumberOf), Is.EquivalentTo(Enumerable.Range(0, Events)));
        Assert.That(DemoReport.IsInOrder(Session.CleverTap.Events));
        Assert.That(depth.GetMeasurementSnapshot().Sum(change => change.Value), Is.Zero, "nothing is counted as waiting in the end");

        int OfPartition() => Session.CleverTap.Events.Select(DemoReport.NumberOf).Intersect(partition).Count();

        Task Until(Func<bool> condition, string what) =>
            KafkaSession.Until(
                () =>
                {
                    clock.Advance(TimeSpan.FromMilliseconds(100));
                    return condition();
                },
                what
            );
    }

    private static (string? Key, string? Value) Message(int number, bool isCulprit)
    {
        string user = $"user-{number % DemoEvents.Users}";
        return (user, DemoEvents.Track(user, isCulprit ? Culprit : "Product Viewed", number));
    }
}
