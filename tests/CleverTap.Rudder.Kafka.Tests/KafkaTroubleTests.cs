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

/// <summary>Failures of brokers, of CleverTap and of handlers.</summary>
[Category("Slow")]
public sealed class KafkaTroubleTests : KafkaFixture
{
    private const short Produce = 0;
    private const short Fetch = 1;
    private const short OffsetCommit = 8;
    private const short Heartbeat = 12;

    [Test]
    public async Task Partition_waits_until_the_dead_letter_topic_can_be_written()
    {
        Session.Write(("user-1", "no JSON"), ("user-1", DemoEvents.Track("user-1", "After", 1)));
        Session.Brokers.Mock.Fail(Produce, [.. Enumerable.Repeat((int)ErrorCode.TopicAuthorizationFailed, 5)]);
        var logs = new FakeLogCollector();

        using IHost host = await Session.StartHostAsync(services: Collect(logs));
        await Session.WaitUntilCommittedAsync();
        await host.StopAsync();

        Assert.That(Session.Letters, Has.Count.EqualTo(1));
        Assert.That(Session.StoredNames, Is.EqualTo(new[] { "After" }));
        Assert.That(CountLogs(logs, 35), Is.GreaterThanOrEqualTo(5), "the client remembers the rejection for some time");
    }

    [Test]
    public async Task Dead_letter_omits_a_value_that_is_too_large_for_its_topic()
    {
        Session.Write(("user-1", "no JSON"));
        Session.Brokers.Mock.Fail(Produce, (int)ErrorCode.MsgSizeTooLarge);

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
    public async Task Worker_loses_no_event_when_all_brokers_restart()
    {
        Session.Write(4_000);
        Session.CleverTap.Faults = new CleverTapFaults { Latency = TimeSpan.FromMilliseconds(30) };
        var logs = new FakeLogCollector();
        using IHost host = await Session.StartHostAsync(
            options => options.FlushSize = 100,
            options => (options.MaxBatchRecords, options.MaxInFlight) = (100, 1),
            services: Collect(logs)
        );
        await Polling.WaitUntilAsync(() => Session.CleverTap.EventCount >= 500, "some events are stored");

        Session.SetAllBrokersDown();
        await Polling.WaitUntilAsync(() => CountLogs(logs, 32) > 0, "the session times out");
        Session.SetAllBrokersUp();

        await Session.WaitUntilCommittedAsync();
        await host.StopAsync();

        int distinct = Session.CleverTap.Events.Select(DemoReport.GetNumber).Distinct().Count();
        await TestContext.Out.WriteLineAsync($"{Session.CleverTap.EventCount - distinct} twice");
        Assert.That(distinct, Is.EqualTo(4_000));
        Assert.That(DemoReport.IsInOrder(Session.CleverTap.Events));
    }

    [TestCase(Fetch, ErrorCode.NotLeaderForPartition)]
    [TestCase(Fetch, ErrorCode.RequestTimedOut)]
    [TestCase(OffsetCommit, ErrorCode.NotCoordinatorForGroup)]
    [TestCase(OffsetCommit, ErrorCode.RequestTimedOut)]
    [TestCase(Heartbeat, ErrorCode.UnknownMemberId)]
    [TestCase(Heartbeat, ErrorCode.NotCoordinatorForGroup)]
    public async Task Worker_loses_no_event_when_brokers_return_errors(short request, ErrorCode error)
    {
        Session.Write(3_000);
        Session.CleverTap.Faults = new CleverTapFaults { Latency = TimeSpan.FromMilliseconds(30) };
        using IHost host = await Session.StartHostAsync(
            options => options.FlushSize = 100,
            options => (options.MaxBatchRecords, options.MaxInFlight) = (100, 1)
        );
        await Polling.WaitUntilAsync(() => Session.CleverTap.EventCount >= 300, "some events are stored");

        Session.Brokers.Mock.Fail(request, [.. Enumerable.Repeat((int)error, 2)]);
        await Session.WaitUntilCommittedAsync();
        await host.StopAsync();

        int distinct = Session.CleverTap.Events.Select(DemoReport.GetNumber).Distinct().Count();
        await TestContext.Out.WriteLineAsync($"{Session.CleverTap.EventCount - distinct} twice");
        Assert.That(distinct, Is.EqualTo(3_000));
        Assert.That(DemoReport.IsInOrder(Session.CleverTap.Events));
    }

    [Test]
    public async Task Worker_stays_in_the_group_within_its_capacity_while_CleverTap_is_down()
    {
        Session.Write(2_000);
        Session.CleverTap.Faults = new CleverTapFaults { ServerError = 1 };
        var logs = new FakeLogCollector();
        using IHost host = await Session.StartHostAsync(
            options =>
            {
                (options.Capacity, options.FlushSize, options.ShutdownDeadline) = (100, 10, TimeSpan.FromSeconds(1));
                options.Client["max.poll.interval.ms"] = $"{Session.Brokers.SessionTimeout.TotalMilliseconds + 500}";
            },
            options => (options.MaxAttempts, options.MaxBatchRecords, options.MaxInFlight) = (1, 10, 1),
            services: Collect(logs)
        );
        using var depth = new MetricCollector<int>(
            host.Services.GetRequiredService<IMeterFactory>(),
            CleverTapMetrics.Name,
            "clevertap.queue.depth"
        );
        await Polling.WaitUntilAsync(() => Session.CleverTap.RequestCount > 0, "the first request");

        // The client measures max.poll.interval.ms by its own clock.
        await Task.Delay(Session.Brokers.SessionTimeout + TimeSpan.FromSeconds(2));
        Session.CleverTap.Faults = new CleverTapFaults();
        await Session.WaitUntilCommittedAsync();
        await host.StopAsync();

        Assert.That(logs.GetSnapshot().Where(record => record.Id.Id is 32 or 34), Is.Empty);
        Assert.That(GetMaxDepth(depth), Is.InRange(50, 100), "Capacity includes events in flight");
        Assert.That(Session.CleverTap.Events.Select(DemoReport.GetNumber), Is.EquivalentTo(Enumerable.Range(0, 2_000)));
    }

    [Test]
    public async Task Partition_that_was_paused_resumes_when_it_is_assigned_again()
    {
        Session.Write(2_000);
        Session.CleverTap.Faults = new CleverTapFaults { Latency = TimeSpan.FromMilliseconds(200) };
        var secondDelivers = new TaskCompletionSource();
        using IHost first = await StartAsync(() => { });
        await Polling.WaitUntilAsync(() => Session.CleverTap.EventCount > 0, "the first worker delivers");
        using (IHost second = await StartAsync(() => secondDelivers.TrySetResult()))
        {
            await secondDelivers.Task;
            await second.StopAsync();
        }

        Session.CleverTap.Faults = new CleverTapFaults();
        await Session.WaitUntilCommittedAsync();
        await first.StopAsync();

        Assert.That(Session.CleverTap.Events.Select(DemoReport.GetNumber).Distinct().Count(), Is.EqualTo(2_000));

        Task<IHost> StartAsync(Action onOutcome) =>
            Session.StartHostAsync(
                options => (options.Capacity, options.FlushSize) = (40, 20),
                options => (options.MaxBatchRecords, options.MaxInFlight) = (20, 1),
                (_, _) =>
                {
                    onOutcome();
                    return Task.CompletedTask;
                }
            );
    }

    [Test]
    public async Task Stop_leaves_the_events_in_the_topic_while_CleverTap_is_down()
    {
        Session.Write(100);
        Session.CleverTap.Faults = new CleverTapFaults { ServerError = 1 };
        using (IHost host = await Session.StartHostAsync(options => options.ShutdownDeadline = TimeSpan.FromMilliseconds(100)))
        {
            await Polling.WaitUntilAsync(() => Session.CleverTap.RequestCount > 0, "the first request");
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
    public async Task Stop_ends_when_the_shutdown_token_fires_while_a_handler_never_returns()
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
        using var shutdown = new CancellationTokenSource();

        Task stopping = host.StopAsync(shutdown.Token);
        await shutdown.CancelAsync();
        await stopping.WaitAsync(TimeSpan.FromMinutes(1));

        Assert.That(stopping.IsCompletedSuccessfully);
        Assert.That(Session.View.GetCommittedOffsets(Session.Topic, 2).Sum(), Is.Zero, "the events stay in the topic");
    }

    private static int CountLogs(FakeLogCollector logs, int eventId) => logs.GetSnapshot().Count(record => record.Id.Id == eventId);

    private static int GetMaxDepth(MetricCollector<int> depth)
    {
        int current = 0;
        return depth.GetMeasurementSnapshot().Select(change => current += change.Value).Append(0).Max();
    }

    private static Action<IServiceCollection> Collect(FakeLogCollector logs) =>
        services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(new FakeLoggerProvider(logs)));
}
