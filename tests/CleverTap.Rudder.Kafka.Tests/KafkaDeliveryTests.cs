using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CleverTap.Rudder.Testing;
using Confluent.Kafka;
using KafkaWorker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Kafka;

public sealed class KafkaDeliveryTests : KafkaFixture
{
    [Test]
    public async Task Worker_delivers_in_order_per_user_and_commits()
    {
        Session.Write(3_000);

        using IHost host = await Session.StartHostAsync();
        await Session.WaitUntilCommittedAsync();

        Assert.That(Session.CleverTap.EventCount, Is.EqualTo(3_000));
        Assert.That(DemoReport.IsInOrder(Session.CleverTap.Events));
        Assert.That(Session.Letters, Is.Empty);
        await host.StopAsync();
    }

    [Test]
    public async Task Undelivered_messages_go_to_the_dead_letter_topic_with_their_reason()
    {
        Session.Write(
            ("user-1", DemoEvents.Track("user-1", "App Launched", 1)),
            ("user-1", """{"type":"track","messageId":"m-2","userId":"user-1"}"""),
            ("user-1", "no JSON"),
            ("user-1", null),
            (null, """{"type":"trak","userId":"user-1"}"""),
            ("user-1", DemoEvents.Track("user-1", "Last", 6))
        );

        using IHost host = await Session.StartHostAsync();
        await Session.WaitUntilCommittedAsync();
        await host.StopAsync();

        Assert.That(Session.StoredNames, Is.EqualTo(new[] { "Last" }));
        string[] letters =
        [
            .. Session.Letters.Select(letter =>
                $"{KafkaSession.Text(letter.Message.Key)} {KafkaSession.Text(letter.Message.Value)?[..7]}: "
                + $"{DemoReport.GetHeader(letter, "outcome")} {DemoReport.GetHeader(letter, "code")}"
            ),
        ];
        Assert.That(
            letters,
            Is.EquivalentTo(
                new[]
                {
                    "user-1 {\"type\": Rejected 513",
                    "user-1 {\"type\": Invalid EventNameMissing",
                    "user-1 no JSON: Invalid NotJson",
                    "user-1 : Invalid NotJson",
                    " {\"type\": Invalid TypeNotSupported",
                }
            )
        );
        ConsumeResult<byte[]?, byte[]?> rejected = Session.Letters.Single(letter => DemoReport.GetHeader(letter, "code") == "513");
        Assert.That(DemoReport.GetHeader(rejected, "text"), Does.Contain("restricted system event"));
        Assert.That((DemoReport.GetHeader(rejected, "topic"), DemoReport.GetHeader(rejected, "offset")), Is.EqualTo((Session.Topic, "0")));
        Assert.That(DemoReport.GetHeader(rejected, "partition"), Is.AnyOf("0", "1"));
    }

    [Test]
    public async Task Unsupported_call_is_filtered_and_counted_and_is_not_a_dead_letter()
    {
        using IHost host = await Session.StartHostAsync();
        using var counted = new MetricCollector<long>(
            host.Services.GetRequiredService<IMeterFactory>(),
            CleverTapMetrics.Name,
            "clevertap.events"
        );
        Session.Write(
            ("user-1", """{"type":"group","messageId":"m-1","userId":"user-1","groupId":"g"}"""),
            ("user-1", DemoEvents.Track("user-1", "Last", 1))
        );

        await Session.WaitUntilCommittedAsync();
        await host.StopAsync();

        Assert.That(Session.StoredNames, Is.EqualTo(new[] { "Last" }));
        Assert.That(Session.Letters, Is.Empty);
        Assert.That(
            counted.GetMeasurementSnapshot().Select(measurement => $"{measurement.Tags["outcome"]} {measurement.Tags["reason"]}".TrimEnd()),
            Is.EquivalentTo(new[] { "Filtered TypeNotSupported", "Delivered" })
        );
    }

    [Test]
    public async Task Unsupported_call_is_a_dead_letter_under_the_RudderTransformer_preset()
    {
        Session.Write(("user-1", """{"type":"group","userId":"user-1","groupId":"g"}"""));

        using IHost host = await Session.StartHostAsync(configureDelivery: options => options.Mapping = MappingOptions.RudderTransformer);
        await Session.WaitUntilCommittedAsync();
        await host.StopAsync();

        Assert.That(DemoReport.GetHeader(Session.Letters.Single(), "code"), Is.EqualTo("TypeNotSupported"));
    }

    [Test]
    public async Task Rejected_upload_is_a_dead_letter_with_the_reason_and_HTTP_status()
    {
        Session.Write(1);

        using IHost host = await Session.StartHostAsync(configureDelivery: options =>
            options.Endpoint = new Uri(Session.CleverTap.Endpoint, "nowhere/")
        );
        await Session.WaitUntilCommittedAsync();
        await host.StopAsync();

        ConsumeResult<byte[]?, byte[]?> letter = Session.Letters.Single();
        Assert.That(
            (DemoReport.GetHeader(letter, "outcome"), DemoReport.GetHeader(letter, "reason"), DemoReport.GetHeader(letter, "code")),
            Is.EqualTo(("Undelivered", "BadRequest", "404"))
        );
    }

    [Test]
    public async Task Outcome_handlers_are_called_once_per_event()
    {
        ConcurrentQueue<string> notified = new();
        Session.CleverTap.Faults = new CleverTapFaults { Seed = 3, ServerError = 0.5 };
        Session.Write(
            Enumerable.Range(0, 20).Select(number => ((string?)"user-1", (string?)DemoEvents.Track("user-1", $"e{number}", number)))
        );
        Session.Write(
            ("user-1", """{"type":"track","userId":"user-1"}"""),
            ("user-1", """{"type":"track","userId":"user-1","event":"e","integrations":{"All":false}}""")
        );

        using IHost host = await Session.StartHostAsync(
            options => options.GiveUpAfter = TimeSpan.FromMinutes(1),
            options => (options.MaxAttempts, options.MaxBatchRecords) = (1, 1),
            handler: (rudderEvent, outcome) =>
            {
                notified.Enqueue($"{((TrackEvent)rudderEvent).Event} {outcome.Kind}");
                return Task.CompletedTask;
            }
        );
        await Session.WaitUntilCommittedAsync();
        await host.StopAsync();

        Assert.That(
            notified,
            Is.EquivalentTo(Enumerable.Range(0, 20).Select(number => $"e{number} Delivered").Append(" Invalid").Append("e Filtered"))
        );
        Assert.That(Session.Letters, Has.Count.EqualTo(1));
    }

    [Category("Slow")]
    [Test]
    public async Task No_offset_is_committed_ahead_of_an_outcome()
    {
        Session.Write(
            Enumerable
                .Range(0, 4_000)
                .Select(number =>
                    (
                        (string?)$"user-{number % 50}",
                        (string?)DemoEvents.Track($"user-{number % 50}", number % 97 == 0 ? "App Launched" : "e", number)
                    )
                )
        );
        int[][] numbersByPartition = Session.ReadNumbers();
        Session.CleverTap.Faults = new CleverTapFaults
        {
            Seed = 1,
            ServerError = 0.3,
            Latency = TimeSpan.FromMilliseconds(20),
        };

        using IHost host = await Session.StartHostAsync(
            options => (options.FlushSize, options.GiveUpAfter) = (50, TimeSpan.FromMinutes(1)),
            options => (options.MaxBatchRecords, options.MaxAttempts) = (25, 2)
        );
        int samples = 0;
        await Polling.WaitUntilAsync(
            () =>
            {
                Assert.That(Session.FindCommittedWithoutOutcome(numbersByPartition), Is.Empty);
                samples++;
                return Session.IsFullyCommitted;
            },
            "everything is committed"
        );
        await host.StopAsync();

        await TestContext.Out.WriteLineAsync($"{samples} samples");
        Assert.That(Session.Letters.Select(letter => DemoReport.GetHeader(letter, "code")), Is.EqualTo(Enumerable.Repeat("513", 42)));
        Assert.That(Session.CleverTap.Events.Select(DemoReport.GetNumber).Distinct().Count(), Is.EqualTo(4_000 - 42));
    }

    [Category("Slow")]
    [Test]
    public async Task Restarts_lose_and_repeat_no_event()
    {
        Session.Write(6_000);
        Session.CleverTap.Faults = new CleverTapFaults { Latency = TimeSpan.FromMilliseconds(50) };
        for (int run = 1; run <= 3; run++)
        {
            using IHost host = await Session.StartHostAsync(
                options => options.FlushSize = 100,
                options => (options.MaxBatchRecords, options.MaxInFlight) = (100, 1)
            );
            await Polling.WaitUntilAsync(() => Session.CleverTap.EventCount >= run * 1_000, $"{run},000 events are stored");
            await host.StopAsync();
        }

        long before = Session.CleverTap.EventCount;
        using IHost last = await Session.StartHostAsync();
        await Session.WaitUntilCommittedAsync();
        await last.StopAsync();

        await TestContext.Out.WriteLineAsync($"{before} before the last run");
        Assert.That(Session.CleverTap.Events.Select(DemoReport.GetNumber), Is.EquivalentTo(Enumerable.Range(0, 6_000)));
        Assert.That(DemoReport.IsInOrder(Session.CleverTap.Events));
    }

    [Category("Slow")]
    [Test]
    public async Task Second_worker_shares_the_partitions_without_losing_events()
    {
        Session.Write(4_000);
        Session.CleverTap.Faults = new CleverTapFaults { Latency = TimeSpan.FromMilliseconds(100) };
        int[] delivered = [0, 0];
        using IHost first = await StartAsync(0);
        await Polling.WaitUntilAsync(() => Session.CleverTap.EventCount > 0, "the first worker delivers");
        using IHost second = await StartAsync(1);

        await Session.WaitUntilCommittedAsync();
        await first.StopAsync();
        await second.StopAsync();

        await TestContext.Out.WriteLineAsync($"{delivered[0]} and {delivered[1]} delivered");
        Assert.That(delivered, Has.All.Positive);
        Assert.That(Session.CleverTap.Events.Select(DemoReport.GetNumber).Distinct().Count(), Is.EqualTo(4_000));
        Assert.That(DemoReport.IsInOrder(Session.CleverTap.Events));

        Task<IHost> StartAsync(int worker) =>
            Session.StartHostAsync(
                options => options.FlushSize = 50,
                options => (options.MaxBatchRecords, options.MaxInFlight) = (50, 1),
                handler: (_, _) =>
                {
                    Interlocked.Increment(ref delivered[worker]);
                    return Task.CompletedTask;
                }
            );
    }
}
