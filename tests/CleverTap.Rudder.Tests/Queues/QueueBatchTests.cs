using System.Globalization;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Queues;

/// <summary>Several events in one call, and what counts against the capacity.</summary>
[NonParallelizable]
public sealed class QueueBatchTests : QueueFixture
{
    [TestCase(QueueSession.Memory)]
    [TestCase(QueueSession.Disk)]
    [TestCase(QueueSession.Kafka)]
    public async Task Enqueue_accepts_many_events_and_delivers_the_events_of_a_user_in_order(string kind)
    {
        await CreateAsync(kind);
        IHost host = await Session.StartAsync();
        ICleverTapQueue queue = QueueOf(host);

        int taken = await queue.EnqueueAsync(Enumerable.Range(0, 300).Select(number => QueueSession.Event(number)));
        bool isFlushed = await queue.FlushAsync();

        Assert.That((taken, isFlushed), Is.EqualTo((300, true)));
        Assert.That(
            Session.CleverTap.Events.Select(stored => int.Parse(stored.Name, CultureInfo.InvariantCulture)),
            Is.EqualTo(Enumerable.Range(0, 300))
        );
        await host.StopAsync();
    }

    [TestCase(QueueSession.Memory)]
    [TestCase(QueueSession.Disk)]
    [TestCase(QueueSession.Kafka)]
    public async Task Enqueue_adds_no_event_when_one_of_the_events_is_null(string kind)
    {
        await CreateAsync(kind);
        IHost host = await Session.StartAsync();
        ICleverTapQueue queue = QueueOf(host);

        Assert.That(
            async () => await queue.EnqueueAsync([QueueSession.Event(0), null!]),
            Throws.ArgumentException.With.Message.Contains("The event at index 1 is null")
        );

        Assert.That(await queue.FlushAsync(), Is.True);
        Assert.That(Session.CleverTap.EventCount, Is.Zero);
        await host.StopAsync();
    }

    [TestCase(QueueSession.Memory)]
    [TestCase(QueueSession.Disk)]
    public async Task Enqueue_returns_the_number_of_accepted_events_when_the_queue_is_full(string kind)
    {
        await CreateAsync(kind);
        IHost host = await Session.StartAsync(
            options => (options.Capacity, options.WhenFull) = (3, QueueFullMode.DropNewest),
            start: false
        );
        ICleverTapQueue queue = QueueOf(host);

        int taken = await queue.EnqueueAsync(Enumerable.Range(0, 5).Select(number => QueueSession.Event(number)));

        Assert.That(taken, Is.EqualTo(3));
        Assert.That(
            Session.Notified.Select(outcome => (outcome.MessageId, outcome.UndeliveredReason)),
            Is.EqualTo(new (string?, UndeliveredReason?)[] { ("m-3", UndeliveredReason.QueueFull), ("m-4", UndeliveredReason.QueueFull) })
        );
    }

    [TestCase(QueueSession.Memory)]
    [TestCase(QueueSession.Disk)]
    public async Task Enqueue_waits_for_capacity_when_there_are_more_events_than_the_capacity(string kind)
    {
        await CreateAsync(kind);
        IHost host = await Session.StartAsync(options => options.Capacity = 7);
        ICleverTapQueue queue = QueueOf(host);

        int taken = await queue.EnqueueAsync(Enumerable.Range(0, 50).Select(number => QueueSession.Event(number)));
        await queue.FlushAsync();

        Assert.That(taken, Is.EqualTo(50));
        Assert.That(
            Session.CleverTap.Events.Select(stored => stored.Name),
            Is.EqualTo(Enumerable.Range(0, 50).Select(number => $"{number}"))
        );
    }

    [Test]
    public async Task Enqueue_of_many_events_waits_for_the_disk_once()
    {
        await CreateAsync(QueueSession.Disk);
        IHost host = await Session.StartAsync(start: false);
        ICleverTapQueue queue = QueueOf(host);
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
        await CreateAsync(kind);
        var uploads = new BlockingHandler();
        IHost host = await Session.StartAsync(
            options => (options.Capacity, options.WhenFull) = (3, QueueFullMode.DropNewest),
            delivery => (delivery.MaxBatchRecords, delivery.MaxInFlight) = (1, 3),
            uploads.Create
        );
        ICleverTapQueue queue = QueueOf(host);
        for (int number = 0; number < 3; number++)
        {
            await queue.EnqueueAsync(QueueSession.Event(number, $"u{number}"));
        }

        await Polling.WaitUntilAsync(() => uploads.BlockedUploads == 3, "all are in flight");

        Assert.That(await queue.EnqueueAsync(QueueSession.Event(3, "u3")), Is.False);
        uploads.Release();
        await queue.FlushAsync();
        Assert.That(await queue.EnqueueAsync(QueueSession.Event(4, "u4")), Is.True);
    }

    [Test]
    public async Task Capacity_limits_events_in_flight_of_a_topic()
    {
        await CreateAsync(QueueSession.Kafka);
        var uploads = new BlockingHandler();
        IHost host = await Session.StartAsync(
            options => options.Capacity = 2,
            delivery => (delivery.MaxBatchRecords, delivery.MaxInFlight) = (1, 15),
            uploads.Create
        );
        ICleverTapQueue queue = QueueOf(host);
        await queue.EnqueueAsync(Enumerable.Range(0, 40).Select(number => QueueSession.Event(number, $"u{number}")));
        await Polling.WaitUntilAsync(() => uploads.BlockedUploads >= 2, "the partitions are full");

        // Each of the two partitions holds one event: no third comes while those are in flight.
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        Assert.That(uploads.BlockedUploads, Is.EqualTo(2));
        uploads.Release();
        Assert.That(await queue.FlushAsync(), Is.True);
        await host.StopAsync();
    }

    private long LogBytes() => new FileInfo(Session.Database + "-wal").Length;
}
