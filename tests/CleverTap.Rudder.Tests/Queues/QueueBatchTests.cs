using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Queues;

/// <summary>Several events in one call, and what counts against the capacity.</summary>
public sealed class QueueBatchTests
{
    private QueueSession session = null!;

    [TearDown]
    public async Task Stop() => await session.DisposeAsync();

    [TestCase(QueueSession.Memory)]
    [TestCase(QueueSession.Disk)]
    [TestCase(QueueSession.Kafka)]
    public async Task Enqueue_takes_many_events_and_delivers_a_users_in_order(string kind)
    {
        session = await QueueSession.CreateAsync(kind);
        IHost host = await session.StartAsync();
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();

        int taken = await queue.EnqueueAsync(Enumerable.Range(0, 300).Select(number => QueueSession.Event(number)));
        bool isFlushed = await queue.FlushAsync();

        Assert.That((taken, isFlushed), Is.EqualTo((300, true)));
        Assert.That(
            session.CleverTap.Events.Select(stored => int.Parse(stored.Name, CultureInfo.InvariantCulture)),
            Is.EqualTo(Enumerable.Range(0, 300))
        );
        await host.StopAsync();
    }

    [TestCase(QueueSession.Memory)]
    [TestCase(QueueSession.Disk)]
    [TestCase(QueueSession.Kafka)]
    public async Task Enqueue_takes_nothing_when_one_of_the_events_is_null(string kind)
    {
        session = await QueueSession.CreateAsync(kind);
        IHost host = await session.StartAsync();
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();

        Assert.That(
            async () => await queue.EnqueueAsync([QueueSession.Event(0), null!]),
            Throws.ArgumentException.With.Message.Contains("The event at index 1 is null")
        );

        Assert.That(await queue.FlushAsync(), Is.True);
        Assert.That(session.CleverTap.EventCount, Is.Zero);
        await host.StopAsync();
    }

    [TestCase(QueueSession.Memory)]
    [TestCase(QueueSession.Disk)]
    public async Task Enqueue_says_how_many_it_took_when_the_queue_is_full(string kind)
    {
        session = await QueueSession.CreateAsync(kind);
        IHost host = await session.StartAsync(
            options => (options.Capacity, options.WhenFull) = (3, QueueFullMode.DropNewest),
            start: false
        );
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();

        int taken = await queue.EnqueueAsync(Enumerable.Range(0, 5).Select(number => QueueSession.Event(number)));

        Assert.That(taken, Is.EqualTo(3));
        Assert.That(
            session.Notified.Select(outcome => (outcome.MessageId, outcome.UndeliveredReason)),
            Is.EqualTo(new (string?, UndeliveredReason?)[] { ("m-3", UndeliveredReason.QueueFull), ("m-4", UndeliveredReason.QueueFull) })
        );
    }

    [TestCase(QueueSession.Memory)]
    [TestCase(QueueSession.Disk)]
    public async Task Enqueue_waits_for_room_when_there_are_more_events_than_the_capacity(string kind)
    {
        session = await QueueSession.CreateAsync(kind);
        IHost host = await session.StartAsync(options => options.Capacity = 7);
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();

        int taken = await queue.EnqueueAsync(Enumerable.Range(0, 50).Select(number => QueueSession.Event(number)));
        await queue.FlushAsync();

        Assert.That(taken, Is.EqualTo(50));
        Assert.That(
            session.CleverTap.Events.Select(stored => stored.Name),
            Is.EqualTo(Enumerable.Range(0, 50).Select(number => $"{number}"))
        );
    }

    [Test]
    public async Task Enqueue_of_many_events_waits_for_the_disk_once()
    {
        session = await QueueSession.CreateAsync(QueueSession.Disk);
        IHost host = await session.StartAsync(start: false);
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        await queue.EnqueueAsync(QueueSession.Event(0));
        long before = LogBytes();

        await queue.EnqueueAsync(Enumerable.Range(1, 500).Select(number => QueueSession.Event(number)));

        // Each transaction appends at least one page to the log: 500 of them were 2 MB.
        Assert.That(LogBytes() - before, Is.InRange(1, 60 * 4096));
    }

    [TestCase(QueueSession.Memory)]
    [TestCase(QueueSession.Disk)]
    public async Task Capacity_counts_events_in_flight(string kind)
    {
        session = await QueueSession.CreateAsync(kind);
        var held = new BlockingHandler();
        IHost host = await session.StartAsync(
            options => (options.Capacity, options.WhenFull) = (3, QueueFullMode.DropNewest),
            delivery => (delivery.MaxBatchRecords, delivery.MaxInFlight) = (1, 3),
            held.Create
        );
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        for (int number = 0; number < 3; number++)
        {
            await queue.EnqueueAsync(QueueSession.Event(number, $"u{number}"));
        }

        await QueueSession.Until(() => held.BlockedUploads == 3, "all are in flight");

        Assert.That(await queue.EnqueueAsync(QueueSession.Event(3, "u3")), Is.False);
        held.Release();
        await queue.FlushAsync();
        Assert.That(await queue.EnqueueAsync(QueueSession.Event(4, "u4")), Is.True);
    }

    [Test]
    public async Task Capacity_counts_events_in_flight_of_a_topic()
    {
        session = await QueueSession.CreateAsync(QueueSession.Kafka);
        var held = new BlockingHandler();
        IHost host = await session.StartAsync(
            options => options.Capacity = 2,
            delivery => (delivery.MaxBatchRecords, delivery.MaxInFlight) = (1, 15),
            held.Create
        );
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        await queue.EnqueueAsync(Enumerable.Range(0, 40).Select(number => QueueSession.Event(number, $"u{number}")));
        await QueueSession.Until(() => held.BlockedUploads >= 2, "the partitions are full");

        // Each of the two partitions holds one event: no third comes while those are in flight.
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        Assert.That(held.BlockedUploads, Is.EqualTo(2));
        held.Release();
        Assert.That(await queue.FlushAsync(), Is.True);
        await host.StopAsync();
    }

    private long LogBytes() => new FileInfo(session.Database + "-wal").Length;
}
