using System.Diagnostics;
using System.Diagnostics.Metrics;
using CleverTap.Rudder.Testing;
using Confluent.Kafka;
using KafkaWorker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace CleverTap.Rudder.Tests.Kafka;

/// <summary>Brokers, CleverTap and hosts that do not do what they should.</summary>
public sealed class KafkaTroubleTests : KafkaFixture
{
    private const short Produce = 0;
    private const short Fetch = 1;
    private const short OffsetCommit = 8;
    private const short Heartbeat = 12;

    [Test]
    public async Task A_dead_letter_topic_that_takes_nothing_holds_the_partition_until_it_does()
    {
        Session.Write(("user-1", "no JSON"), ("user-1", DemoEvents.Track("user-1", "After", 1)));
        Session.Kafka.Fail(Produce, [.. Enumerable.Repeat((int)ErrorCode.TopicAuthorizationFailed, 5)]);
        var logs = new FakeLogCollector();

        using IHost host = await Session.StartHostAsync(services: Collect(logs));
        await Session.WaitUntilCommittedAsync();
        await host.StopAsync();

        Assert.That(Session.Letters, Has.Count.EqualTo(1));
        Assert.That(Session.StoredNames, Is.EqualTo(new[] { "After" }));
        Assert.That(
            logs.GetSnapshot().Count(record => record.Id.Id == 35),
            Is.GreaterThanOrEqualTo(5),
            "the client remembers the rejection for a while"
        );
    }

    [Test]
    public async Task A_value_too_large_for_the_dead_letter_topic_is_left_out_and_holds_nothing_up()
    {
        Session.Write(("user-1", "no JSON"));
        Session.Kafka.Fail(Produce, (int)ErrorCode.MsgSizeTooLarge);

        using IHost host = await Session.StartHostAsync();
        await Session.WaitUntilCommittedAsync();
        await host.StopAsync();

        ConsumeResult<byte[]?, byte[]?> letter = Session.Letters.Single();
        Assert.That(
            (letter.Message.Value, DemoReport.GetHeader(letter, "value"), DemoReport.GetHeader(letter, "offset")),
            Is.EqualTo(((byte[]?)null, "too large", "0"))
        );
    }

    [Test]
    public async Task Brokers_that_go_down_and_come_up_cost_nothing()
    {
        Session.Write(4_000);
        Session.CleverTap.Faults = new CleverTapFaults { Latency = TimeSpan.FromMilliseconds(30) };
        using IHost host = await Session.StartHostAsync(
            options => options.FlushSize = 100,
            options => (options.MaxBatchRecords, options.MaxInFlight) = (100, 1)
        );
        await KafkaSession.WaitUntilAsync(() => Session.CleverTap.EventCount >= 500, "some events are stored");

        var logs = Stopwatch.StartNew();
        for (int broker = 1; broker <= Session.Kafka.Brokers; broker++)
        {
            Session.Kafka.SetDown(broker);
        }

        await KafkaSession.WaitUntilAsync(() => logs.Elapsed > TimeSpan.FromSeconds(3), "longer than the group's patience");
        for (int broker = 1; broker <= Session.Kafka.Brokers; broker++)
        {
            Session.Kafka.SetUp(broker);
        }

        await Session.WaitUntilCommittedAsync();
        await host.StopAsync();

        int different = Session.CleverTap.Events.Select(DemoReport.GetNumber).Distinct().Count();
        await TestContext.Out.WriteLineAsync($"{Session.CleverTap.EventCount - different} twice");
        Assert.That(different, Is.EqualTo(4_000));
        Assert.That(DemoReport.IsInOrder(Session.CleverTap.Events));
    }

    [TestCase(Fetch, ErrorCode.NotLeaderForPartition)]
    [TestCase(Fetch, ErrorCode.RequestTimedOut)]
    [TestCase(OffsetCommit, ErrorCode.NotCoordinatorForGroup)]
    [TestCase(OffsetCommit, ErrorCode.RequestTimedOut)]
    [TestCase(Heartbeat, ErrorCode.UnknownMemberId)]
    [TestCase(Heartbeat, ErrorCode.NotCoordinatorForGroup)]
    public async Task Errors_of_brokers_cost_nothing(short request, ErrorCode error)
    {
        Session.Write(3_000);
        Session.CleverTap.Faults = new CleverTapFaults { Latency = TimeSpan.FromMilliseconds(30) };
        using IHost host = await Session.StartHostAsync(
            options => options.FlushSize = 100,
            options => (options.MaxBatchRecords, options.MaxInFlight) = (100, 1)
        );
        await KafkaSession.WaitUntilAsync(() => Session.CleverTap.EventCount >= 300, "some events are stored");

        Session.Kafka.Fail(request, [.. Enumerable.Repeat((int)error, 2)]);
        await Session.WaitUntilCommittedAsync();
        await host.StopAsync();

        int different = Session.CleverTap.Events.Select(DemoReport.GetNumber).Distinct().Count();
        await TestContext.Out.WriteLineAsync($"{Session.CleverTap.EventCount - different} twice");
        Assert.That(different, Is.EqualTo(3_000));
        Assert.That(DemoReport.IsInOrder(Session.CleverTap.Events));
    }

    [Test]
    public async Task While_CleverTap_is_down_the_worker_stays_in_the_group_and_holds_no_more_than_it_may()
    {
        Session.Write(2_000);
        Session.CleverTap.Faults = new CleverTapFaults { ServerError = 1 };
        var logs = new FakeLogCollector();
        using IHost host = await Session.StartHostAsync(
            options =>
            {
                (options.Capacity, options.FlushSize, options.ShutdownDeadline) = (100, 10, TimeSpan.FromSeconds(1));
                options.Client["max.poll.interval.ms"] = "2500";
            },
            options => (options.MaxAttempts, options.MaxBatchRecords, options.MaxInFlight) = (1, 10, 1),
            services: Collect(logs)
        );
        using var depth = new MetricCollector<int>(
            host.Services.GetRequiredService<IMeterFactory>(),
            CleverTapMetrics.Name,
            "clevertap.queue.depth"
        );
        await KafkaSession.WaitUntilAsync(() => Session.CleverTap.RequestCount > 0, "the first request");

        var outage = Stopwatch.StartNew();
        await KafkaSession.WaitUntilAsync(() => outage.Elapsed > TimeSpan.FromSeconds(4), "longer than the longest time without a poll");
        Session.CleverTap.Faults = new CleverTapFaults();
        await Session.WaitUntilCommittedAsync();
        await host.StopAsync();

        Assert.That(logs.GetSnapshot().Where(record => record.Id.Id is 32 or 34), Is.Empty);
        Assert.That(MostHeld(depth), Is.InRange(50, 100), "Capacity, those in flight included");
        Assert.That(Session.CleverTap.Events.Select(DemoReport.GetNumber), Is.EquivalentTo(Enumerable.Range(0, 2_000)));
    }

    [Test]
    public async Task A_partition_that_was_paused_when_it_left_flows_when_it_comes_back()
    {
        Session.Write(2_000);
        Session.CleverTap.Faults = new CleverTapFaults { Latency = TimeSpan.FromMilliseconds(200) };
        var seconds = new TaskCompletionSource();
        using IHost first = await StartAsync(() => { });
        await KafkaSession.WaitUntilAsync(() => Session.CleverTap.EventCount > 0, "the first one works");
        using (IHost second = await StartAsync(() => seconds.TrySetResult()))
        {
            await seconds.Task;
            await second.StopAsync();
        }

        Session.CleverTap.Faults = new CleverTapFaults();
        await Session.WaitUntilCommittedAsync();
        await first.StopAsync();

        Assert.That(Session.CleverTap.Events.Select(DemoReport.GetNumber).Distinct().Count(), Is.EqualTo(2_000));

        Task<IHost> StartAsync(Action told) =>
            Session.StartHostAsync(
                options => (options.Capacity, options.FlushSize) = (40, 20),
                options => (options.MaxBatchRecords, options.MaxInFlight) = (20, 1),
                (_, _) =>
                {
                    told();
                    return Task.CompletedTask;
                }
            );
    }

    [Test]
    public async Task Stopping_while_CleverTap_is_down_leaves_the_events_in_the_topic()
    {
        Session.Write(100);
        Session.CleverTap.Faults = new CleverTapFaults { ServerError = 1 };
        using (IHost host = await Session.StartHostAsync(options => options.ShutdownDeadline = TimeSpan.FromMilliseconds(100)))
        {
            await KafkaSession.WaitUntilAsync(() => Session.CleverTap.RequestCount > 0, "the first request");
            await host.StopAsync();
        }

        Session.CleverTap.Faults = new CleverTapFaults();
        using IHost next = await Session.StartHostAsync();
        await Session.WaitUntilCommittedAsync();
        await next.StopAsync();

        Assert.That(Session.CleverTap.Events.Select(DemoReport.GetNumber), Is.EquivalentTo(Enumerable.Range(0, 100)));
        Assert.That(Session.Letters, Is.Empty);
    }

    [Test]
    public async Task A_handler_that_never_returns_does_not_outlast_the_hosts_patience()
    {
        Session.Write(10);
        var reached = new TaskCompletionSource();
        using IHost host = await Session.StartHostAsync(
            handler: (_, _) =>
            {
                reached.TrySetResult();
                return new TaskCompletionSource().Task;
            }
        );
        await reached.Task;
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await host.StopAsync(patience.Token).ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(TimeSpan.FromMinutes(1));
    }

    private static int MostHeld(MetricCollector<int> depth)
    {
        int held = 0;
        return depth.GetMeasurementSnapshot().Select(change => held += change.Value).Append(0).Max();
    }

    private static Action<IServiceCollection> Collect(FakeLogCollector logs) =>
        services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(new FakeLoggerProvider(logs)));
}
