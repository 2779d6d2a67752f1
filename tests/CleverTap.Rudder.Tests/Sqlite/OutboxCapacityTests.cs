using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Sqlite;

/// <summary>The outbox is bounded by count and by bytes.</summary>
public sealed class OutboxCapacityTests : OutboxFixture
{
    [TestCase(2, 1_000_000)]
    [TestCase(1_000, 220)]
    public async Task A_full_outbox_makes_the_producer_wait(int capacity, long bytes)
    {
        IHost host = await Outbox.StartAsync(options => (options.Capacity, options.MaxBytes) = (capacity, bytes), start: false);
        await host.Queue().EnqueueAsync(OutboxHost.Event(0));
        await host.Queue().EnqueueAsync(OutboxHost.Event(1));
        ValueTask<bool> third = host.Queue().EnqueueAsync(OutboxHost.Event(2));
        Assert.That(third.IsCompleted, Is.False);

        await host.StartAsync();

        Assert.That(await third, Is.True);
        await host.Queue().FlushAsync();
        Assert.That(Outbox.CleverTap.EventCount, Is.EqualTo(3));
    }

    [Test]
    public async Task Whoever_waits_may_give_up_and_was_not_enqueued()
    {
        IHost host = await Outbox.StartAsync(options => options.Capacity = 1, start: false);
        await host.Queue().EnqueueAsync(OutboxHost.Event(0));
        using var patience = new CancellationTokenSource();
        ValueTask<bool> second = host.Queue().EnqueueAsync(OutboxHost.Event(1), patience.Token);
        ValueTask<bool> third = host.Queue().EnqueueAsync(OutboxHost.Event(2));

        await patience.CancelAsync();

        Assert.That(async () => await second, Throws.InstanceOf<OperationCanceledException>());
        await host.StartAsync();
        await third;
        await host.Queue().FlushAsync();
        Assert.That(Outbox.CleverTap.Events.Select(e => e.Name), Is.EqualTo(new[] { "0", "2" }));
    }

    [Test]
    public async Task A_full_outbox_drops_the_newest_where_it_may_and_keeps_it_as_a_dead_letter()
    {
        IHost host = await Outbox.StartAsync(options => (options.Capacity, options.WhenFull) = (1, QueueFullMode.DropNewest), start: false);

        bool[] taken = [await host.Queue().EnqueueAsync(OutboxHost.Event(0)), await host.Queue().EnqueueAsync(OutboxHost.Event(1))];

        Assert.That(taken, Is.EqualTo(new[] { true, false }));
        DeadLetter letter = (await host.DeadLetters().ListAsync()).Single();
        Assert.That((letter.MessageId, letter.Kind, letter.Reason), Is.EqualTo(("m-1", OutcomeKind.Undelivered, "QueueFull")));
        Assert.That(Outbox.Notified.Single().Outcome.UndeliveredReason, Is.EqualTo(UndeliveredReason.QueueFull));
    }

    [Test]
    public async Task Dropped_events_do_not_grow_beyond_the_bound_of_dead_letters()
    {
        IHost host = await Outbox.StartAsync(
            options => (options.Capacity, options.WhenFull, options.MaxDeadLetters) = (1, QueueFullMode.DropNewest, 8),
            start: false
        );

        for (int i = 0; i < 30; i++)
        {
            await host.Queue().EnqueueAsync(OutboxHost.Event(i));
        }

        Assert.That(
            (await host.DeadLetters().ListAsync()).Select(letter => letter.MessageId),
            Is.EqualTo(Enumerable.Range(22, 8).Select(i => $"m-{i}"))
        );
    }

    [Test]
    public async Task A_full_outbox_does_not_wait_for_more()
    {
        IHost host = await Outbox.StartAsync(options => (options.Capacity, options.FlushInterval) = (10, TimeSpan.FromHours(1)));

        for (int i = 0; i < 11; i++)
        {
            await host.Queue().EnqueueAsync(OutboxHost.Event(i));
        }

        Assert.That(Outbox.CleverTap.EventCount, Is.GreaterThanOrEqualTo(10));
    }

    [Test]
    public async Task Whoever_waits_for_room_when_the_host_stops_is_turned_away()
    {
        IHost host = await Outbox.StartAsync(
            options => (options.Capacity, options.ShutdownDeadline) = (1, TimeSpan.Zero),
            delivery => delivery.Endpoint = new Uri("http://127.0.0.1:1")
        );
        await host.Queue().EnqueueAsync(OutboxHost.Event(0));
        ValueTask<bool> second = host.Queue().EnqueueAsync(OutboxHost.Event(1));

        await host.StopAsync();

        Assert.That(await second, Is.False);
        DeadLetter letter = (await host.DeadLetters().ListAsync()).Single();
        Assert.That((letter.MessageId, letter.Reason), Is.EqualTo(("m-1", "Stopped")));
    }

    [Test]
    public async Task What_was_there_before_counts()
    {
        await Outbox.EnqueueWithoutDeliveryAsync(OutboxHost.Event(0), OutboxHost.Event(1));
        IHost host = await Outbox.StartAsync(
            options => (options.Capacity, options.WhenFull) = (2, QueueFullMode.DropNewest),
            delivery => delivery.Endpoint = new Uri("http://127.0.0.1:1")
        );

        Assert.That(await host.Queue().EnqueueAsync(OutboxHost.Event(2)), Is.False);
    }

    [Test]
    public async Task An_event_larger_than_all_the_room_waits_alone()
    {
        IHost host = await Outbox.StartAsync(options => options.MaxBytes = 1);

        for (int i = 0; i < 3; i++)
        {
            await host.Queue().EnqueueAsync(OutboxHost.Event(i));
        }

        await host.Queue().FlushAsync();

        Assert.That(Outbox.CleverTap.EventCount, Is.EqualTo(3));
    }
}
