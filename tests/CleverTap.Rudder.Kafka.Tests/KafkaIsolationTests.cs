using System.Diagnostics;
using System.Diagnostics.Metrics;
using KafkaWorker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace CleverTap.Rudder.Tests.Kafka;

/// <summary>Events that make CleverTap fail do not affect other events of the topic.</summary>
[Category("Slow")]
public sealed class KafkaIsolationTests : KafkaFixture
{
    private const string Culprit = "Culprit";

    [Test]
    public async Task Worker_isolates_two_failing_events_of_twenty_thousand_as_dead_letters([Values] bool dropsConnections)
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
        await Session.WaitUntilCommittedAsync();
        watch.Stop();
        await host.StopAsync();

        Assert.That(
            Session.Letters.Select(letter => DemoReport.GetHeader(letter, "outcome")),
            Is.EqualTo(new[] { "Undelivered", "Undelivered" })
        );
        PoisonEvents.AssertOthersAreStoredOnceInOrder(server, watch.Elapsed);
    }

    [Test]
    public async Task Slow_responses_leave_no_upload_slot_empty()
    {
        // The proportions of the defaults with uploads of 1000 records, divided by five.
        const int Events = 20_000;
        await using PoisonEventServer server = new() { Latency = PoisonEventServer.SlowTail };
        Session.Write(
            Enumerable.Range(0, Events).Select(number => ((string?)$"u{number}", (string?)DemoEvents.Track($"u{number}", "e", number)))
        );

        using IHost host = await Session.StartHostAsync(
            options => (options.Capacity, options.FlushSize) = (2_000, 200),
            delivery => (delivery.Endpoint, delivery.MaxBatchRecords) = (server.Endpoint, 200)
        );
        await Session.WaitUntilCommittedAsync();
        await host.StopAsync();

        Assert.That(server.StoredCount, Is.EqualTo(Events));
        server.AssertSlotsAreBusy();
    }

    [Test]
    public async Task Failing_user_pauses_only_its_partition_at_its_limit()
    {
        // Two partitions hold up to 200 events each, and together run up to 16 windows of 2 * 20 events ahead.
        const int MaxHeld = 200;
        const int MaxAhead = 320;
        const int Events = 3_000;
        Session.Write(Enumerable.Range(0, Events).Select(number => Message(number, isCulprit: number == 0)));
        int[] partition = Session.ReadNumbers().Single(numbers => numbers[0] == 0);
        using var culprits = new PoisonEventHandler(Culprit);
        var clock = new FakeTimeProvider();
        using IHost host = await Session.StartHostAsync(
            options => (options.Capacity, options.FlushSize) = (2 * MaxHeld, 20),
            options => (options.MaxBatchRecords, options.MaxInFlight) = (20, 1),
            services: services => services.AddSingleton<TimeProvider>(clock),
            configureClient: client => client.AddHttpMessageHandler(() => culprits)
        );
        IMeterFactory meters = host.Services.GetRequiredService<IMeterFactory>();
        using var depth = new MetricCollector<int>(meters, CleverTapMetrics.Name, "clevertap.queue.depth");

        await Until(
            () => Session.CleverTap.EventCount - CountStoredOfPartition() >= Events - partition.Length,
            "the other partition is delivered"
        );
        await Until(() => CountStoredOfPartition() > MaxHeld, "the partition has run ahead");
        for (int minute = 0; minute < 60; minute++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await Until(() => true, "the next attempt is made");
        }

        int ahead = CountStoredOfPartition();
        long committed = Session.View.GetCommittedOffsets(Session.Topic, 2)[
            Array.FindIndex(Session.ReadNumbers(), numbers => numbers[0] == 0)
        ];
        culprits.IsOff = true;
        await Until(() => Session.IsFullyCommitted, "everything is committed");
        await host.StopAsync();

        Assert.That(ahead, Is.LessThan(MaxAhead));
        Assert.That(committed, Is.Zero);
        Assert.That(culprits.Failures, Is.LessThanOrEqualTo(60));
        Assert.That(Session.CleverTap.Events.Select(DemoReport.GetNumber), Is.EquivalentTo(Enumerable.Range(0, Events)));
        Assert.That(DemoReport.IsInOrder(Session.CleverTap.Events));
        Assert.That(depth.GetMeasurementSnapshot().Sum(change => change.Value), Is.Zero, "no event is counted as waiting at the end");

        int CountStoredOfPartition() => Session.CleverTap.Events.Select(DemoReport.GetNumber).Intersect(partition).Count();

        Task Until(Func<bool> condition, string description) =>
            Polling.WaitUntilAsync(
                () =>
                {
                    clock.Advance(TimeSpan.FromMilliseconds(100));
                    return condition();
                },
                description
            );
    }

    private static (string? Key, string? Value) Message(int number, bool isCulprit)
    {
        string user = $"user-{number % DemoEvents.Users}";
        return (user, DemoEvents.Track(user, isCulprit ? Culprit : "Product Viewed", number));
    }
}
