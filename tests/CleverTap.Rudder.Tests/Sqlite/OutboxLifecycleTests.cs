using System.Diagnostics.Metrics;
using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace CleverTap.Rudder.Tests.Sqlite;

/// <summary>However a host ends, each event has an outcome or stays in the file, and one log line counts the remaining events.</summary>
public sealed class OutboxLifecycleTests : OutboxFixture
{
    [Test]
    public async Task Flush_returns_false_and_events_stay_when_the_host_never_starts()
    {
        IHost host = await Outbox.StartAsync(start: false, configureHost: builder => builder.Logging.AddFakeLogging());
        FakeLogCollector logs = host.Services.GetFakeLogCollector();
        ICleverTapQueue queue = host.Queue();

        Assert.That(await queue.EnqueueAsync(OutboxHost.Event(0)), Is.True);
        Assert.That(await queue.FlushAsync(), Is.False);
        host.Dispose();

        Assert.That(GetStopMessages(logs), Is.EqualTo(new[] { "CleverTap queue '': stopped; 1 events are left undelivered" }));
        Assert.That(Outbox.Query("SELECT count(*) FROM event"), Is.EqualTo(1));
        Assert.That(await queue.FlushAsync(), Is.False);
    }

    [Test]
    public async Task Disposal_without_a_stop_keeps_the_events_and_rejects_new_ones()
    {
        IHost host = await Outbox.StartAsync(
            options => options.Capacity = 3,
            delivery => delivery.Endpoint = OutboxHost.Unreachable,
            configureHost: builder => builder.Logging.AddFakeLogging()
        );
        FakeLogCollector logs = host.Services.GetFakeLogCollector();
        ICleverTapQueue queue = host.Queue();
        for (int i = 0; i < 3; i++)
        {
            await queue.EnqueueAsync(OutboxHost.Event(i));
        }

        Task<bool> flush = queue.FlushAsync();
        host.Dispose();

        Assert.That(await flush, Is.False);
        Assert.That(async () => await queue.EnqueueAsync(OutboxHost.Event(3)), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(GetStopMessages(logs), Is.EqualTo(new[] { "CleverTap queue '': stopped; 3 events are left undelivered" }));
        Assert.That(Outbox.Query("SELECT count(*) FROM event"), Is.EqualTo(3));
    }

    [Test]
    public async Task Enqueue_throws_and_flush_returns_false_when_the_start_failed()
    {
        Outbox.Query("CREATE TABLE customers (name TEXT)");
        IHost host = await Outbox.StartAsync(start: false, configureHost: builder => builder.Logging.AddFakeLogging());
        FakeLogCollector logs = host.Services.GetFakeLogCollector();
        ICleverTapQueue queue = host.Queue();

        Assert.That(() => host.StartAsync(), Throws.TypeOf<SqliteOutboxException>());

        Assert.That(async () => await queue.EnqueueAsync(OutboxHost.Event(0)), Throws.TypeOf<SqliteOutboxException>());
        Assert.That(await queue.FlushAsync(), Is.False);
        host.Dispose();
        Assert.That(GetStopMessages(logs), Is.EqualTo(new[] { "CleverTap queue '': stopped; 0 events are left undelivered" }));
    }

    [Test]
    public async Task Delivery_continues_when_loggers_throw()
    {
        Outbox.CleverTap.Faults = new CleverTapFaults { Seed = 1, ServerError = 0.3 };
        await Outbox.EnqueueWithoutDeliveryAsync(OutboxHost.Event(0));
        IHost host = await Outbox.StartAsync(
            options => options.MaxDeadLetters = 0,
            configureHost: builder => builder.Logging.AddProvider(new ThrowingLoggers()).SetMinimumLevel(LogLevel.Trace)
        );

        await host.Queue().EnqueueAsync(new TrackEvent { UserId = "u", Event = "App Launched" });
        await host.Queue().EnqueueAsync(OutboxHost.Event(1));

        Assert.That(await host.Queue().FlushAsync(), Is.True);
        Assert.That(Outbox.CleverTap.EventCount, Is.EqualTo(2));
    }

    [Test]
    public async Task Delivery_continues_when_metrics_listeners_throw()
    {
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "CleverTap.Rudder")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((_, _, _, _) => throw new InvalidOperationException("listener"));
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => throw new InvalidOperationException("listener"));
        listener.Start();
        await Outbox.EnqueueWithoutDeliveryAsync(OutboxHost.Event(0));
        IHost host = await Outbox.StartAsync();

        await host.Queue().EnqueueAsync(OutboxHost.Event(1));

        Assert.That(await host.Queue().FlushAsync(), Is.True);
        Assert.That(Outbox.CleverTap.EventCount, Is.EqualTo(2));
    }

    private static IEnumerable<string> GetStopMessages(FakeLogCollector logs) =>
        logs.GetSnapshot().Where(line => line.Id.Id == 24).Select(line => line.Message);

    /// <summary>Creates loggers that throw for the library and work for the host.</summary>
    private sealed class ThrowingLoggers : ILoggerProvider, ILogger
    {
        private bool throws;

        public ILogger CreateLogger(string categoryName) =>
            new ThrowingLoggers { throws = categoryName.StartsWith("CleverTap", StringComparison.Ordinal) };

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
            if (throws)
            {
                throw new InvalidOperationException("logger");
            }
        }

        public void Dispose() { }
    }
}
