using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CleverTap.Rudder.Testing;
using Confluent.Kafka;
using KafkaWorker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Kafka;

public sealed class KafkaDeliveryTests
{
    private KafkaSession session = null!;

    [SetUp]
    public async Task Start() => session = await KafkaSession.StartAsync();

    [TearDown]
    public async Task Stop() => await session.DisposeAsync();

    [Test]
    public async Task A_topics_events_are_delivered_in_each_users_order_and_committed()
    {
        session.Write(3_000);

        using IHost host = await session.StartHostAsync();
        await session.UntilThrough();

        Assert.That(session.CleverTap.EventCount, Is.EqualTo(3_000));
        Assert.That(DemoReport.IsInOrder(session.CleverTap.Events));
        Assert.That(session.Letters, Is.Empty);
        await host.StopAsync();
    }

    [Test]
    public async Task What_will_not_be_delivered_goes_to_the_dead_letter_topic_with_its_reason()
    {
        session.Write(
            ("user-1", DemoEvents.Track("user-1", "App Launched", 1)),
            ("user-1", """{"type":"track","messageId":"m-2","userId":"user-1"}"""),
            ("user-1", "no JSON"),
            ("user-1", null),
            (null, """{"type":"trak","userId":"user-1"}"""),
            ("user-1", DemoEvents.Track("user-1", "Last", 6)));

        using IHost host = await session.StartHostAsync();
        await session.UntilThrough();
        await host.StopAsync();

        Assert.That(session.StoredNames, Is.EqualTo(new[] { "Last" }));
        string[] letters = [.. session.Letters.Select(letter => $"{KafkaSession.Text(letter.Message.Key)} {KafkaSession.Text(letter.Message.Value)?[..7]}: {DemoReport.Header(letter, "outcome")} {DemoReport.Header(letter, "code")}")];
        Assert.That(letters, Is.EquivalentTo(new[]
        {
            "user-1 {\"type\": Rejected 513", "user-1 {\"type\": Invalid EventNameMissing", "user-1 no JSON: Invalid NotJson", "user-1 : Invalid NotJson", " {\"type\": Invalid TypeNotSupported",
        }));
        ConsumeResult<byte[]?, byte[]?> refused = session.Letters.Single(letter => DemoReport.Header(letter, "code") == "513");
        Assert.That(DemoReport.Header(refused, "text"), Does.Contain("restricted system event"));
        Assert.That((DemoReport.Header(refused, "topic"), DemoReport.Header(refused, "offset")), Is.EqualTo((KafkaSession.Topic, "0")));
        Assert.That(DemoReport.Header(refused, "partition"), Is.AnyOf("0", "1"));
    }

    [Test]
    public async Task A_call_without_a_counterpart_is_filtered_counted_and_no_dead_letter()
    {
        using IHost host = await session.StartHostAsync();
        using var counted = new MetricCollector<long>(host.Services.GetRequiredService<IMeterFactory>(), CleverTapMetrics.Name, "clevertap.events");
        session.Write(
            ("user-1", """{"type":"group","messageId":"m-1","userId":"user-1","groupId":"g"}"""),
            ("user-1", DemoEvents.Track("user-1", "Last", 1)));

        await session.UntilThrough();
        await host.StopAsync();

        Assert.That(session.StoredNames, Is.EqualTo(new[] { "Last" }));
        Assert.That(session.Letters, Is.Empty);
        Assert.That(
            counted.GetMeasurementSnapshot().Select(measurement => $"{measurement.Tags["outcome"]} {measurement.Tags["reason"]}".TrimEnd()),
            Is.EquivalentTo(new[] { "Filtered TypeNotSupported", "Delivered" }));
    }

    [Test]
    public async Task A_call_without_a_counterpart_is_a_dead_letter_where_it_is_an_error()
    {
        session.Write(("user-1", """{"type":"group","userId":"user-1","groupId":"g"}"""));

        using IHost host = await session.StartHostAsync(configureDelivery: options => options.Mapping = MappingOptions.RudderTransformer);
        await session.UntilThrough();
        await host.StopAsync();

        Assert.That(DemoReport.Header(session.Letters.Single(), "code"), Is.EqualTo("TypeNotSupported"));
    }

    [Test]
    public async Task An_upload_refused_for_good_is_a_dead_letter_with_the_reason_and_http_status()
    {
        session.Write(1);

        using IHost host = await session.StartHostAsync(configureDelivery: options => options.Endpoint = new Uri(session.CleverTap.Endpoint, "nowhere/"));
        await session.UntilThrough();
        await host.StopAsync();

        ConsumeResult<byte[]?, byte[]?> letter = session.Letters.Single();
        Assert.That((DemoReport.Header(letter, "outcome"), DemoReport.Header(letter, "reason"), DemoReport.Header(letter, "code")), Is.EqualTo(("Undelivered", "BadRequest", "404")));
    }

    [Test]
    public async Task Outcome_handlers_are_told_of_every_event_once()
    {
        ConcurrentQueue<string> told = new();
        session.CleverTap.Faults = new CleverTapFaults { Seed = 3, ServerError = 0.5 };
        session.Write(Enumerable.Range(0, 20).Select(number => ((string?)"user-1", (string?)DemoEvents.Track("user-1", $"e{number}", number))));
        session.Write(("user-1", """{"type":"track","userId":"user-1"}"""), ("user-1", """{"type":"track","userId":"user-1","event":"e","integrations":{"All":false}}"""));

        using IHost host = await session.StartHostAsync(
            options => options.GiveUpAfter = TimeSpan.FromMinutes(1),
            options => (options.MaxAttempts, options.MaxBatchRecords) = (1, 1),
            told: (e, outcome) =>
            {
                told.Enqueue($"{((TrackEvent)e).Event} {outcome.Kind}");
                return Task.CompletedTask;
            });
        await session.UntilThrough();
        await host.StopAsync();

        Assert.That(told, Is.EquivalentTo(Enumerable.Range(0, 20).Select(number => $"e{number} Delivered").Append(" Invalid").Append("e Filtered")));
        Assert.That(session.Letters, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task No_offset_is_committed_ahead_of_an_outcome()
    {
        session.Write(Enumerable.Range(0, 4_000).Select(number => ((string?)$"user-{number % 50}", (string?)DemoEvents.Track($"user-{number % 50}", number % 97 == 0 ? "App Launched" : "e", number))));
        int[][] contents = session.Contents();
        session.CleverTap.Faults = new CleverTapFaults { Seed = 1, ServerError = 0.3, Latency = TimeSpan.FromMilliseconds(20) };

        using IHost host = await session.StartHostAsync(
            options => (options.FlushSize, options.GiveUpAfter) = (50, TimeSpan.FromMinutes(1)),
            options => (options.MaxBatchRecords, options.MaxAttempts) = (25, 2));
        int samples = 0;
        await KafkaSession.Until(
            () =>
            {
                Assert.That(session.CommittedWithoutOutcome(contents), Is.Empty);
                samples++;
                return session.IsThrough;
            },
            "everything is committed");
        await host.StopAsync();

        await TestContext.Out.WriteLineAsync($"{samples} samples");
        Assert.That(session.Letters.Select(letter => DemoReport.Header(letter, "code")), Is.EqualTo(Enumerable.Repeat("513", 42)));
        Assert.That(session.CleverTap.Events.Select(DemoReport.NumberOf).Distinct().Count(), Is.EqualTo(4_000 - 42));
    }

    [Test]
    public async Task Stopping_and_starting_again_neither_loses_nor_repeats()
    {
        session.Write(6_000);
        session.CleverTap.Faults = new CleverTapFaults { Latency = TimeSpan.FromMilliseconds(50) };
        for (int run = 1; run <= 3; run++)
        {
            using IHost host = await session.StartHostAsync(options => options.FlushSize = 100, options => (options.MaxBatchRecords, options.MaxInFlight) = (100, 1));
            await KafkaSession.Until(() => session.CleverTap.EventCount >= run * 1_000, $"{run},000 events are stored");
            await host.StopAsync();
        }

        long before = session.CleverTap.EventCount;
        using IHost last = await session.StartHostAsync();
        await session.UntilThrough();
        await last.StopAsync();

        await TestContext.Out.WriteLineAsync($"{before} before the last run");
        Assert.That(session.CleverTap.Events.Select(DemoReport.NumberOf), Is.EquivalentTo(Enumerable.Range(0, 6_000)));
        Assert.That(DemoReport.IsInOrder(session.CleverTap.Events));
    }

    [Test]
    public async Task A_second_worker_takes_a_share_and_nothing_is_delivered_twice()
    {
        session.Write(4_000);
        session.CleverTap.Faults = new CleverTapFaults { Latency = TimeSpan.FromMilliseconds(100) };
        int[] delivered = [0, 0];
        using IHost first = await StartAsync(0);
        await KafkaSession.Until(() => session.CleverTap.EventCount > 0, "the first one works");
        using IHost second = await StartAsync(1);

        await session.UntilThrough();
        await first.StopAsync();
        await second.StopAsync();

        await TestContext.Out.WriteLineAsync($"{delivered[0]} and {delivered[1]} delivered");
        Assert.That(delivered, Has.All.Positive);
        Assert.That(session.CleverTap.Events.Select(DemoReport.NumberOf).Distinct().Count(), Is.EqualTo(4_000));
        Assert.That(DemoReport.IsInOrder(session.CleverTap.Events));

        Task<IHost> StartAsync(int worker) => session.StartHostAsync(
            options => options.FlushSize = 50,
            options => (options.MaxBatchRecords, options.MaxInFlight) = (50, 1),
            told: (_, _) =>
            {
                Interlocked.Increment(ref delivered[worker]);
                return Task.CompletedTask;
            });
    }
}
