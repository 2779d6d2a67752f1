using CleverTap.Rudder.Tests.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>CleverTap fails for an hour on the event of one user while it stores those of others.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Category("Slow")]
public sealed class StuckUserTests : OutboxFixture, IDisposable
{
    /// <summary>The window, most of which is filled by the stuck user.</summary>
    private const int Window = 40;
    private const int StuckEvents = 30;
    private const int Minutes = 60;
    private const int EventsPerMinute = 50;

    private readonly FakeTimeProvider clock = new();
    private readonly FlushTracker flushes = new(TimeProvider.System);
    private readonly PoisonEventHandler poison = new("culprit");
    private IHost host = null!;

    [SetUp]
    public async Task CreateHost()
    {
        host = await Outbox.StartAsync(
            configureDelivery: delivery => (delivery.MaxBatchRecords, delivery.MaxInFlight) = (10, 2),
            clock: clock,
            configureHost: builder => builder.Services.AddHttpClient("CleverTap.Rudder").AddHttpMessageHandler(() => poison),
            start: false
        );
    }

    public void Dispose() => poison.Dispose();

    [Test]
    public async Task Memory_queue_reads_no_more_than_its_window_while_a_user_is_stuck()
    {
        var store = new MemoryEventStore(capacity: 1_000, () => { }) { OnAdded = flushes.Enqueued };

        await RunAsync(
            store,
            Parts(new BackgroundDeliveryOptions()),
            async e => await store.AppendAsync(e, mayWait: false, CancellationToken.None)
        );
    }

    [Test]
    public async Task Outbox_reads_no_more_than_its_window_while_a_user_is_stuck()
    {
        var options = new SqliteOutboxOptions { Database = Outbox.Database };
        QueueDependencies<SqliteOutboxOptions> parts = Parts(options);
        var files = new OutboxFiles(Outbox.Database);
        using var thread = new OutboxThread(files, () => OutboxDatabase.Open(options, DeduplicationWindow.Off, clock));
        var capacity = new OutboxCapacity(1_000, long.MaxValue, () => { });
        var store = new OutboxEventStore(parts, thread, files, capacity, flushes, () => { });

        await RunAsync(store, parts, AppendAsync);

        async Task AppendAsync(TrackEvent e)
        {
            byte[] json = EventWriter.ToUtf8(e.Parsed);
            await capacity.ReserveAsync([json.Length], _ => { }, canWait: false, CancellationToken.None);
            await thread.RunAsync(database => database.Insert(json), store.OnInserted);
        }
    }

    [Test]
    public async Task Memory_queue_delivers_other_users_while_a_stuck_user_fills_the_window()
    {
        var store = new MemoryEventStore(capacity: 1_000, () => { }) { OnAdded = flushes.Enqueued };
        using var worker = new QueueWorker(new RecordingStore(store), Parts(new BackgroundDeliveryOptions()).Context(flushes));
        worker.Start();
        for (int index = 0; index < 2 * Window; index++)
        {
            await store.AppendAsync(new TrackEvent { UserId = "stuck", Event = index == 0 ? "culprit" : "e" }, mayWait: false, default);
        }

        for (int index = 0; index < 100; index++)
        {
            await store.AppendAsync(new TrackEvent { UserId = $"user-{index}", Event = "e" }, mayWait: false, default);
        }

        worker.Wake();
        await UntilAsync(() => Outbox.CleverTap.Events.Count(e => e.Identity != "stuck") == 100, "the others are delivered");

        poison.IsOff = true;
        await UntilAsync(() => worker.Open == 0 && store.Waiting == 0, "the events of the stuck user are delivered");
        await worker.StopAsync(drains: true, CancellationToken.None);
        Assert.That(Outbox.CleverTap.Events.Count(e => e.Identity == "stuck"), Is.EqualTo(2 * Window));
    }

    private async Task RunAsync(IEventStore inner, QueueDependencies parts, Func<TrackEvent, Task> appendAsync)
    {
        var store = new RecordingStore(inner);
        QueueContext context = parts.Context(flushes);
        Assert.That(context.Window, Is.EqualTo(Window));
        using var worker = new QueueWorker(store, context);
        worker.Start();
        for (int i = 0; i < StuckEvents; i++)
        {
            await appendAsync(new TrackEvent { UserId = "stuck", Event = i == 0 ? "culprit" : $"{i}" });
        }

        for (int minute = 1; minute <= Minutes; minute++)
        {
            for (int i = 0; i < EventsPerMinute; i++)
            {
                await appendAsync(new TrackEvent { UserId = $"user-{minute}-{i}", Event = "e" });
            }

            worker.Wake();
            await UntilAsync(() => store.Settled == minute * EventsPerMinute, $"the others are delivered in minute {minute}");
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.That((store.Open, store.MaxOpen), Is.EqualTo((StuckEvents, Window)));
        Assert.That(poison.Failures, Is.LessThanOrEqualTo(60));
        poison.IsOff = true;
        await UntilAsync(() => store.Open == 0, "the events of the stuck user are delivered");
        string[] stored = [.. Outbox.CleverTap.Events.Where(e => e.Identity == "stuck").Select(e => e.Name)];
        Assert.That(stored, Is.EqualTo(Enumerable.Range(1, StuckEvents - 1).Select(i => $"{i}").Prepend("culprit")));
        await worker.StopAsync(drains: true, CancellationToken.None);
    }

    private QueueDependencies<TOptions> Parts<TOptions>(TOptions options)
        where TOptions : BackgroundDeliveryOptions
    {
        options.FlushSize = 20;
        return new QueueDependencies<TOptions>(
            "",
            host.Services.GetRequiredKeyedService<CleverTapDestination>(""),
            options,
            OutcomeHandlers.Create(host.Services, "", options, new QueueLog("", NullLogger.Instance)),
            host.Services.GetRequiredService<QueueMetrics>(),
            NullLogger.Instance,
            clock
        );
    }

    /// <summary>Advances the clock until a condition is met.</summary>
    private Task UntilAsync(Func<bool> condition, string what) =>
        Polling.WaitUntilAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromMilliseconds(250));
                return condition();
            },
            what,
            intervalMilliseconds: 1
        );
}
