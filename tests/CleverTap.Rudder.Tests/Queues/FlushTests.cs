using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Queues;

/// <summary>What a flush and a stop do while CleverTap or the brokers do not work.</summary>
public sealed class FlushTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private QueueSession session = null!;

    [TearDown]
    public async Task Stop() => await session.DisposeAsync();

    [TestCase(QueueSession.Memory)]
    [TestCase(QueueSession.Disk)]
    [TestCase(QueueSession.Kafka)]
    public async Task Flush_retries_at_once_what_waits_for_a_retry(string kind)
    {
        session = await QueueSession.CreateAsync(kind);
        session.CleverTap.Faults = new CleverTapFaults { Unavailable = 1, RetryAfter = Hour };
        IHost host = await session.StartAsync(configureDelivery: delivery =>
            (delivery.RetryMaxDelay, delivery.MaxRetryAfter) = (Hour, Hour)
        );
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        await queue.EnqueueAsync(QueueSession.Event(0));
        await QueueSession.Until(() => session.CleverTap.RequestCount == 1, "the first attempt");
        await WaitsAsync(host);
        session.CleverTap.Faults = CleverTapFaults.None;

        Assert.That(await queue.FlushAsync().WaitAsync(TimeSpan.FromMinutes(2)), Is.True);

        Assert.That(session.CleverTap.EventCount, Is.EqualTo(1));
        await host.StopAsync();
    }

    [TestCase(QueueSession.Memory)]
    [TestCase(QueueSession.Disk)]
    [TestCase(QueueSession.Kafka)]
    public async Task Flush_is_false_at_once_and_events_are_kept_when_the_credentials_are_refused(string kind)
    {
        session = await QueueSession.CreateAsync(kind);
        IHost host = await session.StartAsync(
            options => (options.UnauthorizedPause, options.ShutdownDeadline) = (Hour, TimeSpan.FromMinutes(2)),
            delivery => delivery.Passcode = "wrong"
        );
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        await queue.EnqueueAsync(QueueSession.Event(0));
        await QueueSession.Until(() => session.CleverTap.RequestCount == 1, "the first attempt");
        await WaitsAsync(host);

        Assert.That(await queue.FlushAsync().WaitAsync(TimeSpan.FromMinutes(2)), Is.False);

        Assert.That((session.CleverTap.RequestCount, session.Notified.Count), Is.EqualTo((2, 0)));
        long started = TimeProvider.System.GetTimestamp();
        await host.StopAsync();
        Assert.That(TimeProvider.System.GetElapsedTime(started), Is.LessThan(TimeSpan.FromMinutes(1)), "the stop waits for nothing");
        UndeliveredReason?[] handedOver = kind == QueueSession.Memory ? [UndeliveredReason.Stopped] : [];
        Assert.That(session.Notified.Select(outcome => outcome.UndeliveredReason), Is.EqualTo(handedOver));
        host.Dispose();

        if (kind != QueueSession.Memory)
        {
            IHost next = await session.StartAsync();
            await QueueSession.Until(() => session.CleverTap.EventCount == 1, "the next host delivers what was kept");
            await next.StopAsync();
        }
    }

    [TestCase(QueueSession.Memory)]
    [TestCase(QueueSession.Disk)]
    [TestCase(QueueSession.Kafka)]
    public async Task Flush_is_false_when_its_token_fires(string kind)
    {
        session = await QueueSession.CreateAsync(kind);
        var held = new BlockingHandler();
        IHost host = await session.StartAsync(httpHandler: held.Create);
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        await queue.EnqueueAsync(QueueSession.Event(0));
        using var patience = new CancellationTokenSource();
        Task<bool> flush = queue.FlushAsync(patience.Token);

        await patience.CancelAsync();

        Assert.That(await flush, Is.False);
        Assert.That(await queue.FlushAsync(patience.Token), Is.False);
        held.Release();
        await host.StopAsync();
    }

    [Test]
    public async Task A_stop_without_brokers_ends_at_once_and_leaves_the_events_in_the_topic()
    {
        session = await QueueSession.CreateAsync(QueueSession.Kafka);
        var held = new BlockingHandler();
        IHost host = await session.StartAsync(options => options.ShutdownDeadline = TimeSpan.FromMinutes(2), httpHandler: held.Create);
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        await queue.EnqueueAsync(QueueSession.Event(0));
        await QueueSession.Until(() => held.BlockedUploads == 1, "the event is in flight");
        Each(session.Brokers!.SetDown);
        Task<bool> write = queue.EnqueueAsync(QueueSession.Event(1)).AsTask();

        long started = TimeProvider.System.GetTimestamp();
        await host.StopAsync();
        TimeSpan elapsed = TimeProvider.System.GetElapsedTime(started);
        host.Dispose();

        Assert.That(elapsed, Is.LessThan(TimeSpan.FromMinutes(1)));
        Assert.That(async () => await write, Throws.TypeOf<CleverTapKafkaException>());
        await TestContext.Out.WriteLineAsync($"stopped after {elapsed}");
        Each(session.Brokers.SetUp);
        IHost next = await session.StartAsync();
        await QueueSession.Until(() => session.CleverTap.EventCount >= 1, "the next worker delivers the event");
        await next.StopAsync();
    }

    /// <summary>The response has been evaluated: what failed waits.</summary>
    private static async Task WaitsAsync(IHost host)
    {
        DeliveryEngine engine = host.Services.GetRequiredKeyedService<CleverTapDestination>("").Engine;
        await QueueSession.Until(() => engine.InFlight == 0, "the response is evaluated");
    }

    private void Each(Action<int> action)
    {
        for (int broker = 1; broker <= session.Brokers!.Brokers; broker++)
        {
            action(broker);
        }
    }
}
