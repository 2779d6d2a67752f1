using System.Collections.Concurrent;
using System.Diagnostics;
using CleverTap.Rudder.Testing;
using Confluent.Kafka;
using KafkaWorker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Tests.Kafka;

/// <summary>Dead letters that are too large, loggers that throw, and queues that are not running.</summary>
public sealed class KafkaFaultTests : KafkaFixture
{
    private static readonly byte[] Large = new byte[1_200_000];

    [Test]
    public async Task Dead_letter_omits_headers_that_are_too_large()
    {
        await Session.WriteLargeAsync("user-1"u8.ToArray(), "no JSON", ("large", Large));

        ConsumeResult<byte[]?, byte[]?> letter = await DeliverToDeadLetterAsync();

        Assert.That(letter.Message.Headers.Select(header => header.Key), Has.None.EqualTo("large"));
        string[] parts =
        [
            DemoReport.GetHeader(letter, "value"),
            DemoReport.GetHeader(letter, "headers"),
            DemoReport.GetHeader(letter, "key"),
        ];
        Assert.That(parts, Is.EqualTo(new[] { "too large", "too large", "" }));
        Assert.That(KafkaSession.Text(letter.Message.Key), Is.EqualTo("user-1"));
    }

    [Test]
    public async Task Dead_letter_omits_a_key_that_is_too_large()
    {
        await Session.WriteLargeAsync(Large, "no JSON");

        ConsumeResult<byte[]?, byte[]?> letter = await DeliverToDeadLetterAsync();

        Assert.That((letter.Message.Key, letter.Message.Value), Is.EqualTo(((byte[]?)null, (byte[]?)null)));
        Assert.That((DemoReport.GetHeader(letter, "key"), DemoReport.GetHeader(letter, "code")), Is.EqualTo(("too large", "NotJson")));
    }

    [Test]
    public async Task Dead_letter_truncates_a_long_text()
    {
        Session.Write(("user-1", DemoEvents.Track("user-1", "e", 1)));

        string text = new('x', 1_500_000);
        ConsumeResult<byte[]?, byte[]?> letter = await DeliverToDeadLetterAsync(client =>
            client.AddHttpMessageHandler(() => new Rejection(text))
        );

        Assert.That((DemoReport.GetHeader(letter, "code"), DemoReport.GetHeader(letter, "text").Length), Is.EqualTo(("512", 4096)));
        Assert.That(DemoReport.GetHeader(letter, "text-length"), Is.EqualTo("1500000"));
        Assert.That(letter.Message.Value, Is.Not.Null);
    }

    [Test]
    public async Task Event_nested_too_deep_becomes_a_dead_letter_and_notifies_the_handlers()
    {
        ConcurrentQueue<(RudderEvent Event, EventOutcome Outcome)> notified = new();
        using IHost host = await Session.StartHostAsync(
            handler: (rudderEvent, outcome) =>
            {
                notified.Enqueue((rudderEvent, outcome));
                return Task.CompletedTask;
            }
        );
        object nested = "bottom";
        for (int level = 0; level < 80; level++)
        {
            nested = new Dictionary<string, object?> { ["a"] = nested };
        }

        var properties = new Dictionary<string, object?> { ["a"] = nested };
        var deep = new TrackEvent
        {
            UserId = "user-1",
            MessageId = "m-1",
            Event = "e",
            Timestamp = DateTimeOffset.UtcNow,
            Properties = properties,
        };
        bool isAccepted = await host.Services.GetRequiredService<ICleverTapQueue>().EnqueueAsync(deep);
        await host.StopAsync();

        Assert.That(isAccepted, Is.True);
        Assert.That(notified.Single().Event, Is.SameAs(deep));
        EventOutcome outcome = notified.Single().Outcome;
        Assert.That((outcome.Kind, outcome.Error!.Code), Is.EqualTo((OutcomeKind.Invalid, EventErrorCode.TooDeep)));
        Assert.That(DemoReport.GetHeader(Session.Letters.Single(), "code"), Is.EqualTo("TooDeep"));
    }

    [Test]
    public async Task Delivery_continues_when_loggers_throw()
    {
        Session.Write(1_000);
        var loggers = new ThrowingLoggers();
        using IHost host = await Session.StartHostAsync(services: services =>
            services.AddLogging(logging => logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(loggers))
        );
        await Polling.WaitUntilAsync(() => Session.CleverTap.EventCount > 0, "some events are stored");

        // The client logs the outage (33) on its own threads.
        Session.SetAllBrokersDown();
        await Polling.WaitUntilAsync(() => loggers.EventIds.Contains(33), "the client reports that the brokers are down");
        Session.SetAllBrokersUp();
        Session.Write(("user-1", "no JSON"));
        await Session.WaitUntilCommittedAsync();
        await host.StopAsync();

        Assert.That(Session.CleverTap.Events.Select(DemoReport.GetNumber).Distinct().Count(), Is.EqualTo(1_000));
        Assert.That(Session.Letters, Has.Count.GreaterThanOrEqualTo(1));
    }

    [Test]
    public async Task Flush_returns_false_and_events_stay_in_the_topic_when_the_host_never_starts()
    {
        var logs = new FakeLogCollector();
        IHost host = Session.BuildHost(services: Collect(logs));
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();

        Assert.That(await queue.EnqueueAsync(new TrackEvent { UserId = "user-1", Event = "Early" }), Is.True);
        Assert.That(await queue.FlushAsync(), Is.False);
        host.Dispose();
        Assert.That(await queue.EnqueueAsync(new TrackEvent { UserId = "user-1", Event = "Late" }), Is.False);

        Assert.That(logs.GetSnapshot().Count(record => record.Id.Id == 24), Is.EqualTo(1));
        using IHost next = await Session.StartHostAsync();
        await Session.WaitUntilCommittedAsync();
        await next.StopAsync();
        Assert.That(Session.StoredNames, Is.EqualTo(new[] { "Early" }));
    }

    [Test]
    public void Enqueue_and_flush_return_false_when_the_start_failed()
    {
        ConcurrentQueue<EventOutcome> notified = new();
        var logs = new FakeLogCollector();
        using IHost host = Session.BuildHost(
            options => options.Client["session.timeout.ms"] = "secret",
            handler: (_, outcome) =>
            {
                notified.Enqueue(outcome);
                return Task.CompletedTask;
            },
            services: Collect(logs)
        );
        Assert.ThrowsAsync<OptionsValidationException>(async () => await host.StartAsync());
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();

        Assert.That(async () => await queue.EnqueueAsync(new TrackEvent { UserId = "user-1", Event = "e" }), Is.False);
        Assert.That(async () => await queue.FlushAsync(), Is.False);
        Assert.That(notified.Single().UndeliveredReason, Is.EqualTo(UndeliveredReason.Stopped));
        Assert.That(logs.GetSnapshot().Count(record => record.Id.Id == 24), Is.EqualTo(1));
    }

    [Test]
    public async Task Disposal_without_a_stop_ends_the_delivery_and_loses_nothing()
    {
        Session.Write(2_000);
        Session.CleverTap.Faults = new CleverTapFaults { Latency = TimeSpan.FromMilliseconds(50) };
        IHost host = await Session.StartHostAsync(configureDelivery: options => (options.MaxBatchRecords, options.MaxInFlight) = (50, 1));
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        await Polling.WaitUntilAsync(() => Session.CleverTap.EventCount > 0, "some events are stored");

        host.Dispose();
        Assert.That(await queue.EnqueueAsync(new TrackEvent { UserId = "user-1", Event = "Late" }), Is.False);
        Assert.That(Session.CleverTap.EventCount, Is.LessThan(2_000));
        using IHost next = await Session.StartHostAsync();
        await Session.WaitUntilCommittedAsync();
        await next.StopAsync();

        Assert.That(Session.CleverTap.Events.Select(DemoReport.GetNumber).Distinct(), Is.EquivalentTo(Enumerable.Range(0, 2_000)));
        Assert.That(DemoReport.IsInOrder(Session.CleverTap.Events));
    }

    [Test]
    public async Task Stop_ends_after_its_deadline_when_no_broker_responds()
    {
        Session.Write(1_000);
        Session.CleverTap.Faults = new CleverTapFaults { ServerError = 1 };
        using IHost host = await Session.StartHostAsync(options => options.ShutdownDeadline = TimeSpan.FromSeconds(1));
        await Polling.WaitUntilAsync(() => Session.CleverTap.RequestCount > 0, "the first request");
        Session.SetAllBrokersDown();

        var stopping = Stopwatch.StartNew();
        await host.StopAsync();

        Assert.That(stopping.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)));
        Session.SetAllBrokersUp();
    }

    [Test]
    public async Task No_offset_is_committed_before_the_handlers_return()
    {
        Session.Write(10);
        var reached = new TaskCompletionSource();
        var released = new TaskCompletionSource();
        using IHost host = await Session.StartHostAsync(
            handler: async (_, _) =>
            {
                reached.TrySetResult();
                await released.Task;
            }
        );
        await reached.Task;

        // The client commits every 200 ms by its own clock.
        await Task.Delay(TimeSpan.FromSeconds(1));
        long committed = Session.View.GetCommittedOffsets(Session.Topic, 2).Sum();
        released.SetResult();
        await Session.WaitUntilCommittedAsync();
        await host.StopAsync();

        Assert.That(committed, Is.Zero);
    }

    private static Action<IServiceCollection> Collect(FakeLogCollector logs) =>
        services => services.AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(logs)));

    private async Task<ConsumeResult<byte[]?, byte[]?>> DeliverToDeadLetterAsync(Action<IHttpClientBuilder>? client = null)
    {
        using IHost host = await Session.StartHostAsync(configureClient: client);
        await Session.WaitUntilCommittedAsync();
        await host.StopAsync();
        return Session.Letters.Single();
    }

    /// <summary>Rejects a record with a given error text.</summary>
    private sealed class Rejection(string text) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string rejected = $$"""{"status":"fail","code":512,"error":"{{text}}","record":null}""";
            string body = $$"""{"status":"fail","processed":0,"unprocessed":[{{rejected}}]}""";
            return Task.FromResult(new HttpResponseMessage { Content = new StringContent(body) });
        }
    }

    private sealed class ThrowingLoggers : ILoggerProvider, ILogger
    {
        /// <summary>The ids of the messages that threw.</summary>
        public ConcurrentQueue<int> EventIds { get; } = [];

        public ILogger CreateLogger(string categoryName) =>
            categoryName.StartsWith("CleverTap", StringComparison.Ordinal) ? this : NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            EventIds.Enqueue(eventId.Id);
            throw new InvalidOperationException("The logger is broken");
        }

        public void Dispose() { }
    }
}
