using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Tests.Queues;

/// <summary>The stop of a queue: concurrent stops, failing handlers, and the log of the remaining events.</summary>
public sealed class QueueStopTests : QueueFixture
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private int calls;

    [SetUp]
    public void Reset() => calls = 0;

    [TestCase(QueueSession.Memory)]
    [TestCase(QueueSession.Disk)]
    public async Task Second_stop_and_disposal_wait_until_the_first_stop_has_delivered(string kind)
    {
        await CreateAsync(kind);
        BlockingHandler uploads = new();
        IHost host = await Session.StartAsync(httpHandler: uploads.Create);
        ICleverTapQueue queue = QueueOf(host);
        await queue.EnqueueAsync(QueueSession.Event(1));
        await Polling.WaitUntilAsync(() => uploads.BlockedUploads > 0, "the upload begins");

        Task first = ((IHostedService)queue).StopAsync(CancellationToken.None);
        Task second = ((IHostedService)queue).StopAsync(CancellationToken.None);
        Task disposal = ((IAsyncDisposable)queue).DisposeAsync().AsTask();
        bool didWait = !second.IsCompleted && !disposal.IsCompleted;
        uploads.Release();
        await Task.WhenAll(first, second, disposal);

        Assert.That(didWait);
        Assert.That(Session.Notified.Single().Kind, Is.EqualTo(OutcomeKind.Delivered));
    }

    [TestCase(QueueSession.Memory, "0 events are undelivered")]
    [TestCase(QueueSession.Disk, "1 events are kept for the next start")]
    [TestCase(QueueSession.Kafka, "1 events are kept for the next start")]
    public async Task Stop_calls_a_handler_once_more_and_ends_before_its_deadline_when_the_handler_throws(string kind, string state)
    {
        await CreateAsync(kind);
        IHost host = await StartWithHandlerAsync(_ => throw new IOException());
        await QueueOf(host).EnqueueAsync(QueueSession.Event(0));
        await Polling.WaitUntilAsync(() => Volatile.Read(ref calls) == 1, "the handler has failed");

        long started = TimeProvider.System.GetTimestamp();
        await host.StopAsync();
        TimeSpan elapsed = TimeProvider.System.GetElapsedTime(started);

        Assert.That(elapsed, Is.LessThan(TimeSpan.FromMinutes(1)));
        Assert.That(calls, Is.EqualTo(2));
        Assert.That(StopLine(host), Is.EqualTo($"CleverTap queue '': stopped; {state}"));
    }

    [TestCase(QueueSession.Memory, "0 events are undelivered")]
    [TestCase(QueueSession.Disk, "0 events are kept for the next start")]
    public async Task Stop_settles_an_event_when_its_handler_succeeds_at_the_last_attempt(string kind, string state)
    {
        await CreateAsync(kind);
        IHost host = await StartWithHandlerAsync(call => call == 1 ? throw new IOException() : Task.CompletedTask);
        await QueueOf(host).EnqueueAsync(QueueSession.Event(0));
        await Polling.WaitUntilAsync(() => Volatile.Read(ref calls) == 1, "the handler has failed");

        await host.StopAsync();

        Assert.That(calls, Is.EqualTo(2));
        Assert.That(StopLine(host), Is.EqualTo($"CleverTap queue '': stopped; {state}"));
    }

    [TestCase(QueueSession.Memory, "1 events are undelivered")]
    [TestCase(QueueSession.Disk, "1 events are kept for the next start")]
    public async Task Stop_logs_whether_the_store_keeps_the_remaining_events(string kind, string state)
    {
        await CreateAsync(kind);
        IHost host = await Session.StartAsync(services: AddFakeLogging, start: false);
        ICleverTapQueue queue = QueueOf(host);
        await queue.EnqueueAsync(QueueSession.Event(0));

        await ((IHostedService)queue).StopAsync(CancellationToken.None);

        Assert.That(StopLine(host), Is.EqualTo($"CleverTap queue '': stopped; {state}"));
    }

    [TestCase(QueueSession.Memory, "1 events are undelivered", 1)]
    [TestCase(QueueSession.Disk, "1 events are kept for the next start", 0)]
    public async Task Stop_starts_no_upload_shortly_before_its_deadline_and_waits_for_those_in_flight(
        string kind,
        string state,
        int stopped
    )
    {
        await CreateAsync(kind);
        var clock = new TestClock();
        BlockingHandler uploads = new();
        IHost host = await Session.StartAsync(
            options => options.ShutdownDeadline = TimeSpan.FromSeconds(20),
            delivery => (delivery.MaxBatchRecords, delivery.MaxInFlight) = (1, 1),
            uploads.Create,
            services =>
            {
                AddFakeLogging(services);
                services.AddSingleton<TimeProvider>(clock);
            }
        );
        ICleverTapQueue queue = QueueOf(host);
        using var counted = new MetricCollector<long>(
            host.Services.GetRequiredService<IMeterFactory>(),
            CleverTapMetrics.Name,
            "clevertap.events"
        );
        await queue.EnqueueAsync([QueueSession.Event(0, "u0"), QueueSession.Event(1, "u1")]);
        await Polling.WaitUntilAsync(() => uploads.BlockedUploads == 1, "an upload is in flight");

        Task stop = ((IHostedService)queue).StopAsync(CancellationToken.None);
        clock.Advance(TimeSpan.FromSeconds(16));
        uploads.Release();
        await stop;

        Assert.That(Session.CleverTap.RequestCount, Is.EqualTo(1));
        Assert.That(CountOf(OutcomeKind.Delivered), Is.EqualTo((1, 1)));
        Assert.That(CountOf(OutcomeKind.Undelivered), Is.EqualTo((stopped, stopped)));
        Assert.That(StopLine(host), Is.EqualTo($"CleverTap queue '': stopped; {state}"));

        (int Notified, long Counted) CountOf(OutcomeKind kind) =>
            (
                Session.Notified.Count(outcome => outcome.Kind == kind),
                counted.GetMeasurementSnapshot().Where(one => Equals(one.Tags["outcome"], kind.ToString())).Sum(one => one.Value)
            );
    }

    [TestCase(QueueSession.Memory)]
    [TestCase(QueueSession.Disk)]
    public async Task Event_that_does_not_enter_the_queue_is_counted_with_its_reason(string kind)
    {
        await CreateAsync(kind);
        IHost host = await Session.StartAsync(
            options => (options.Capacity, options.WhenFull) = (1, QueueFullMode.DropNewest),
            start: false
        );
        using var counted = new MetricCollector<long>(
            host.Services.GetRequiredService<IMeterFactory>(),
            CleverTapMetrics.Name,
            "clevertap.events"
        );

        await QueueOf(host).EnqueueAsync([QueueSession.Event(0), QueueSession.Event(1)]);

        Assert.That(counted.LastMeasurement?.Tags["reason"], Is.EqualTo("QueueFull"));
        Assert.That(Session.Notified.Single().UndeliveredReason, Is.EqualTo(UndeliveredReason.QueueFull));
    }

    /// <summary>Starts a host whose handler is called again after an hour if it throws.</summary>
    private Task<IHost> StartWithHandlerAsync(Func<int, Task> handle)
    {
        Session.Build = destination => destination.AddOutcomeHandler((_, _) => handle(Interlocked.Increment(ref calls)));
        return Session.StartAsync(
            options => options.ShutdownDeadline = TimeSpan.FromMinutes(2),
            delivery => (delivery.RetryBaseDelay, delivery.RetryMaxDelay) = (Hour, Hour),
            services: AddFakeLogging
        );
    }

    private static void AddFakeLogging(IServiceCollection services) => services.AddLogging(logging => logging.AddFakeLogging());

    private static string StopLine(IHost host) =>
        host.Services.GetFakeLogCollector().GetSnapshot().Single(line => line.Id.Id == 24).Message;
}
