using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Queues;

/// <summary>What a flush and a stop do while CleverTap or the brokers do not work.</summary>
public sealed class FlushTests : QueueFixture
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [TestCase(QueueSession.Memory)]
    [TestCase(QueueSession.Disk)]
    [TestCase(QueueSession.Kafka)]
    public async Task Flush_retries_at_once_the_events_that_wait_for_a_retry(string kind)
    {
        await CreateAsync(kind);
        Session.CleverTap.Faults = new CleverTapFaults { Unavailable = 1, RetryAfter = Hour };
        IHost host = await Session.StartAsync(configureDelivery: delivery =>
            (delivery.RetryMaxDelay, delivery.MaxRetryAfter) = (Hour, Hour)
        );
        ICleverTapQueue queue = QueueOf(host);
        await queue.EnqueueAsync(QueueSession.Event(0));
        await Polling.WaitUntilAsync(() => Session.CleverTap.RequestCount == 1, "the first attempt");
        await WaitsAsync(host);
        Session.CleverTap.Faults = CleverTapFaults.None;

        Assert.That(await queue.FlushAsync().WaitAsync(TimeSpan.FromMinutes(2)), Is.True);

        Assert.That(Session.CleverTap.EventCount, Is.EqualTo(1));
        await host.StopAsync();
    }

    [TestCase(QueueSession.Memory)]
    [TestCase(QueueSession.Disk)]
    [TestCase(QueueSession.Kafka)]
    public async Task Flush_is_false_at_once_and_events_are_kept_when_the_credentials_are_refused(string kind)
    {
        await CreateAsync(kind);
        IHost host = await Session.StartAsync(
            options => (options.UnauthorizedPause, options.ShutdownDeadline) = (Hour, TimeSpan.FromMinutes(2)),
            delivery => delivery.Passcode = "wrong"
        );
        ICleverTapQueue queue = QueueOf(host);
        await queue.EnqueueAsync(QueueSession.Event(0));
        await Polling.WaitUntilAsync(() => Session.CleverTap.RequestCount == 1, "the first attempt");
        await WaitsAsync(host);

        Assert.That(await queue.FlushAsync().WaitAsync(TimeSpan.FromMinutes(2)), Is.False);

        Assert.That((Session.CleverTap.RequestCount, Session.Notified.Count), Is.EqualTo((2, 0)));
        long started = TimeProvider.System.GetTimestamp();
        await host.StopAsync();
        Assert.That(TimeProvider.System.GetElapsedTime(started), Is.LessThan(TimeSpan.FromMinutes(1)), "the stop waits for nothing");
        UndeliveredReason?[] handedOver = kind == QueueSession.Memory ? [UndeliveredReason.Stopped] : [];
        Assert.That(Session.Notified.Select(outcome => outcome.UndeliveredReason), Is.EqualTo(handedOver));
        host.Dispose();

        if (kind != QueueSession.Memory)
        {
            IHost next = await Session.StartAsync();
            await Polling.WaitUntilAsync(() => Session.CleverTap.EventCount == 1, "the next host delivers what was kept");
            await next.StopAsync();
        }
    }

    [TestCase(QueueSession.Memory)]
    [TestCase(QueueSession.Disk)]
    [TestCase(QueueSession.Kafka)]
    public async Task Flush_is_false_when_its_token_fires(string kind)
    {
        await CreateAsync(kind);
        var uploads = new BlockingHandler();
        IHost host = await Session.StartAsync(httpHandler: uploads.Create);
        ICleverTapQueue queue = QueueOf(host);
        await queue.EnqueueAsync(QueueSession.Event(0));
        using var cancellation = new CancellationTokenSource();
        Task<bool> flush = queue.FlushAsync(cancellation.Token);

        await cancellation.CancelAsync();

        Assert.That(await flush, Is.False);
        Assert.That(await queue.FlushAsync(cancellation.Token), Is.False);
        uploads.Release();
        await host.StopAsync();
    }

    [Test]
    public async Task Stop_ends_at_once_and_leaves_the_events_in_the_topic_when_the_brokers_are_down()
    {
        await CreateAsync(QueueSession.Kafka);
        var uploads = new BlockingHandler();
        IHost host = await Session.StartAsync(options => options.ShutdownDeadline = TimeSpan.FromMinutes(2), httpHandler: uploads.Create);
        ICleverTapQueue queue = QueueOf(host);
        await queue.EnqueueAsync(QueueSession.Event(0));
        await Polling.WaitUntilAsync(() => uploads.BlockedUploads == 1, "the event is in flight");
        Each(Session.Brokers!.SetDown);
        Task<bool> write = queue.EnqueueAsync(QueueSession.Event(1)).AsTask();

        long started = TimeProvider.System.GetTimestamp();
        await host.StopAsync();
        TimeSpan elapsed = TimeProvider.System.GetElapsedTime(started);
        host.Dispose();

        Assert.That(elapsed, Is.LessThan(TimeSpan.FromMinutes(1)));
        Assert.That(async () => await write, Throws.TypeOf<CleverTapKafkaException>());
        await TestContext.Out.WriteLineAsync($"stopped after {elapsed}");
        Each(Session.Brokers.SetUp);
        IHost next = await Session.StartAsync();
        await Polling.WaitUntilAsync(() => Session.CleverTap.EventCount >= 1, "the next worker delivers the event");
        await next.StopAsync();
    }

    /// <summary>The response has been evaluated: what failed waits.</summary>
    private static async Task WaitsAsync(IHost host)
    {
        DeliveryEngine engine = host.Services.GetRequiredKeyedService<CleverTapDestination>("").Engine;
        await Polling.WaitUntilAsync(() => engine.InFlight == 0, "the response is evaluated");
    }

    private void Each(Action<int> action)
    {
        for (int broker = 1; broker <= Session.Brokers!.Brokers; broker++)
        {
            action(broker);
        }
    }
}
