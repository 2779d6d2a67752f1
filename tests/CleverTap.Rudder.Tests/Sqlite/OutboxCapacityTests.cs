using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Sqlite;

/// <summary>Count and bytes limit the outbox.</summary>
public sealed class OutboxCapacityTests : OutboxFixture
{
    [TestCase(2, 1_000_000)]
    [TestCase(1_000, 220)]
    public async Task Enqueue_waits_when_the_outbox_is_full(int capacity, long bytes)
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
    public async Task Canceled_enqueue_adds_no_event_when_the_outbox_is_full()
    {
        IHost host = await Outbox.StartAsync(options => options.Capacity = 1, start: false);
        await host.Queue().EnqueueAsync(OutboxHost.Event(0));
        using var cancellation = new CancellationTokenSource();
        ValueTask<bool> second = host.Queue().EnqueueAsync(OutboxHost.Event(1), cancellation.Token);
        ValueTask<bool> third = host.Queue().EnqueueAsync(OutboxHost.Event(2));

        await cancellation.CancelAsync();

        Assert.That(async () => await second, Throws.InstanceOf<OperationCanceledException>());
        await host.StartAsync();
        await third;
        await host.Queue().FlushAsync();
        Assert.That(Outbox.CleverTap.Events.Select(e => e.Name), Is.EqualTo(new[] { "0", "2" }));
    }

    [Test]
    public async Task Full_outbox_saves_the_newest_event_as_a_dead_letter_when_it_drops()
    {
        IHost host = await Outbox.StartAsync(options => (options.Capacity, options.WhenFull) = (1, QueueFullMode.DropNewest), start: false);

        bool[] accepted = [await host.Queue().EnqueueAsync(OutboxHost.Event(0)), await host.Queue().EnqueueAsync(OutboxHost.Event(1))];

        Assert.That(accepted, Is.EqualTo(new[] { true, false }));
        DeadLetter letter = (await host.DeadLetters().ListAsync()).Single();
        Assert.That((letter.MessageId, letter.Kind, letter.Reason), Is.EqualTo(("m-1", OutcomeKind.Undelivered, "QueueFull")));
        Assert.That(Outbox.Notified.Single().Outcome.UndeliveredReason, Is.EqualTo(UndeliveredReason.QueueFull));
    }

    [Test]
    public async Task Dropped_events_respect_the_limit_of_dead_letters()
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
    public async Task Full_outbox_starts_a_delivery_before_the_flush_interval()
    {
        IHost host = await Outbox.StartAsync(options => (options.Capacity, options.FlushInterval) = (10, TimeSpan.FromHours(1)));

        for (int i = 0; i < 11; i++)
        {
            await host.Queue().EnqueueAsync(OutboxHost.Event(i));
        }

        Assert.That(Outbox.CleverTap.EventCount, Is.GreaterThanOrEqualTo(10));
    }

    [Test]
    public async Task Waiting_enqueue_returns_false_when_the_host_stops()
    {
        IHost host = await Outbox.StartAsync(
            options => (options.Capacity, options.ShutdownDeadline) = (1, TimeSpan.Zero),
            delivery => delivery.Endpoint = OutboxHost.Unreachable
        );
        await host.Queue().EnqueueAsync(OutboxHost.Event(0));
        ValueTask<bool> second = host.Queue().EnqueueAsync(OutboxHost.Event(1));

        await host.StopAsync();

        Assert.That(await second, Is.False);
        DeadLetter letter = (await host.DeadLetters().ListAsync()).Single();
        Assert.That((letter.MessageId, letter.Reason), Is.EqualTo(("m-1", "Stopped")));
    }

    [Test]
    public async Task Events_of_an_earlier_host_count_toward_the_capacity()
    {
        await Outbox.EnqueueWithoutDeliveryAsync(OutboxHost.Event(0), OutboxHost.Event(1));
        IHost host = await Outbox.StartAsync(
            options => (options.Capacity, options.WhenFull) = (2, QueueFullMode.DropNewest),
            delivery => delivery.Endpoint = OutboxHost.Unreachable
        );

        Assert.That(await host.Queue().EnqueueAsync(OutboxHost.Event(2)), Is.False);
    }

    [Test]
    public async Task Event_larger_than_MaxBytes_enters_an_empty_outbox()
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
