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

/// <summary>Letters that are too large, loggers that throw, and queues that are used when they do not run.</summary>
public sealed class KafkaFaultTests : KafkaFixture
{
    private static readonly byte[] Large = new byte[1_200_000];

    [Test]
    public async Task A_dead_letter_is_written_without_headers_that_are_too_large()
    {
        await Session.WriteLargeAsync("user-1"u8.ToArray(), "no JSON", ("large", Large));

        ConsumeResult<byte[]?, byte[]?> letter = await LetterAsync();

        Assert.That(letter.Message.Headers.Select(header => header.Key), Has.None.EqualTo("large"));
        string[] parts = [DemoReport.GetHeader(letter, "value"), DemoReport.GetHeader(letter, "headers"), DemoReport.GetHeader(letter, "key")];
        Assert.That(parts, Is.EqualTo(new[] { "too large", "too large", "" }));
        Assert.That(KafkaSession.Text(letter.Message.Key), Is.EqualTo("user-1"));
    }

    [Test]
    public async Task A_dead_letter_is_written_without_a_key_that_is_too_large()
    {
        await Session.WriteLargeAsync(Large, "no JSON");

        ConsumeResult<byte[]?, byte[]?> letter = await LetterAsync();

        Assert.That((letter.Message.Key, letter.Message.Value), Is.EqualTo(((byte[]?)null, (byte[]?)null)));
        Assert.That((DemoReport.GetHeader(letter, "key"), DemoReport.GetHeader(letter, "code")), Is.EqualTo(("too large", "NotJson")));
    }

    [Test]
    public async Task The_text_of_a_dead_letter_is_cut()
    {
        Session.Write(("user-1", DemoEvents.Track("user-1", "e", 1)));

        string text = new('x', 1_500_000);
        ConsumeResult<byte[]?, byte[]?> letter = await LetterAsync(client => client.AddHttpMessageHandler(() => new Rejection(text)));

        Assert.That((DemoReport.GetHeader(letter, "code"), DemoReport.GetHeader(letter, "text").Length), Is.EqualTo(("512", 4096)));
        Assert.That(DemoReport.GetHeader(letter, "text-length"), Is.EqualTo("1500000"));
        Assert.That(letter.Message.Value, Is.Not.Null);
    }

    [Test]
    public async Task An_event_built_too_deep_is_a_dead_letter_that_handlers_are_notified_of()
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
        bool isTaken = await host.Services.GetRequiredService<ICleverTapQueue>().EnqueueAsync(deep);
        await host.StopAsync();

        Assert.That(isTaken, Is.True);
        Assert.That(notified.Single().Event, Is.SameAs(deep));
        EventOutcome outcome = notified.Single().Outcome;
        Assert.That((outcome.Kind, outcome.Error!.Code), Is.EqualTo((OutcomeKind.Invalid, EventErrorCode.TooDeep)));
        Assert.That(DemoReport.GetHeader(Session.Letters.Single(), "code"), Is.EqualTo("TooDeep"));
    }

    [Test]
    public async Task Loggers_that_throw_end_nothing()
    {
        Session.Write(1_000);
        using IHost host = await Session.StartHostAsync(services: services =>
            services.AddLogging(logging => logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(new ThrowingLoggers()))
        );
        await KafkaSession.WaitUntilAsync(() => Session.CleverTap.EventCount > 0, "some events are stored");

        // The client reports it, and logs it on threads of its own.
        Session.SetAllBrokersDown();
        var down = Stopwatch.StartNew();
        await KafkaSession.WaitUntilAsync(() => down.Elapsed > TimeSpan.FromSeconds(3), "the client has noticed");
        Session.SetAllBrokersUp();
        Session.Write(("user-1", "no JSON"));
        await Session.WaitUntilCommittedAsync();
        await host.StopAsync();

        Assert.That(Session.CleverTap.Events.Select(DemoReport.GetNumber).Distinct().Count(), Is.EqualTo(1_000));
        Assert.That(Session.Letters, Has.Count.GreaterThanOrEqualTo(1));
    }

    [Test]
    public async Task A_queue_that_was_never_started_keeps_events_in_the_topic_and_flushes_nothing()
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
    public void A_queue_whose_start_failed_takes_nothing()
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
    public async Task A_host_that_is_disposed_without_a_stop_ends_the_work_and_loses_nothing()
    {
        Session.Write(2_000);
        Session.CleverTap.Faults = new CleverTapFaults { Latency = TimeSpan.FromMilliseconds(50) };
        IHost host = await Session.StartHostAsync(configureDelivery: options => (options.MaxBatchRecords, options.MaxInFlight) = (50, 1));
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        await KafkaSession.WaitUntilAsync(() => Session.CleverTap.EventCount > 0, "some events are stored");

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
    public async Task A_stop_without_brokers_ends_soon_after_the_deadline()
    {
        Session.Write(1_000);
        Session.CleverTap.Faults = new CleverTapFaults { ServerError = 1 };
        using IHost host = await Session.StartHostAsync(options => options.ShutdownDeadline = TimeSpan.FromSeconds(1));
        await KafkaSession.WaitUntilAsync(() => Session.CleverTap.RequestCount > 0, "the first request");
        Session.SetAllBrokersDown();

        var stopping = Stopwatch.StartNew();
        await host.StopAsync();

        Assert.That(stopping.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)));
        Session.SetAllBrokersUp();
    }

    [Test]
    public async Task No_offset_counts_before_the_handlers_are_notified()
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

        var held = Stopwatch.StartNew();
        await KafkaSession.WaitUntilAsync(() => held.Elapsed > TimeSpan.FromSeconds(1), "five intervals of the client's commits");
        long committed = Session.View.GetCommittedOffsets(KafkaSession.Topic, 2).Sum();
        released.SetResult();
        await Session.WaitUntilCommittedAsync();
        await host.StopAsync();

        Assert.That(committed, Is.Zero);
    }

    private static Action<IServiceCollection> Collect(FakeLogCollector logs) =>
        services => services.AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(logs)));

    private async Task<ConsumeResult<byte[]?, byte[]?>> LetterAsync(Action<IHttpClientBuilder>? client = null)
    {
        using IHost host = await Session.StartHostAsync(configureClient: client);
        await Session.WaitUntilCommittedAsync();
        await host.StopAsync();
        return Session.Letters.Single();
    }

    /// <summary>A CleverTap that has much to say about a record.</summary>
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
        ) => throw new InvalidOperationException("The logger is broken");

        public void Dispose() { }
    }
}
