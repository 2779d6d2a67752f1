using System.Collections.Concurrent;
using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>A queue in memory: deliveries, flushes, capacity and dead letters.</summary>
public sealed class BackgroundDeliveryTests : BackgroundDeliveryFixture
{
    [Test]
    public async Task Flush_waits_until_enqueued_events_are_delivered_in_order()
    {
        using IHost host = await StartAsync();
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        for (int i = 0; i < 500; i++)
        {
            await queue.EnqueueAsync(Event(i));
        }

        Assert.That(await queue.FlushAsync(), Is.True);

        Assert.That(CleverTap.Events.Select(e => e.Name), Is.EqualTo(Enumerable.Range(0, 500).Select(i => $"{i}")));
    }

    [Test]
    public async Task Flush_of_an_empty_queue_is_true_at_once()
    {
        using IHost host = await StartAsync();

        Assert.That(await host.Services.GetRequiredService<ICleverTapQueue>().FlushAsync(), Is.True);
    }

    [Test]
    public async Task Rejected_and_invalid_events_go_to_the_dead_letter_callback_with_their_outcome()
    {
        using IHost host = await StartAsync();
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        await queue.EnqueueAsync(new TrackEvent { UserId = "u", Event = "App Launched" });
        await queue.EnqueueAsync(new TrackEvent { UserId = "u" });
        await queue.EnqueueAsync(Event(1));

        await queue.FlushAsync();

        Assert.That(
            DeadLetters.Select(letter => letter.Outcome.Kind),
            Is.EquivalentTo(new[] { OutcomeKind.Rejected, OutcomeKind.Invalid })
        );
        Assert.That(CleverTap.EventCount, Is.EqualTo(1));
    }

    [Test]
    public async Task Outcome_handler_is_called_once_for_each_event()
    {
        CleverTap.Faults = new CleverTapFaults { Seed = 3, ServerError = 0.5 };
        ConcurrentQueue<string> notified = new();
        using IHost host = await StartAsync(
            options => (options.MaxAttempts, options.MaxBatchRecords) = (1, 1),
            queue => (queue.RetryInterval, queue.GiveUpAfter) = (TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1)),
            settled: (e, outcome) =>
            {
                notified.Enqueue($"{((TrackEvent)e).Event} {outcome.Kind}");
                return Task.CompletedTask;
            }
        );
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        for (int i = 0; i < 20; i++)
        {
            await queue.EnqueueAsync(Event(i));
        }

        await queue.EnqueueAsync(new TrackEvent { UserId = "u" });

        await queue.FlushAsync();

        Assert.That(notified, Is.EquivalentTo(Enumerable.Range(0, 20).Select(i => $"{i} Delivered").Append(" Invalid")));
    }

    [Test]
    public void A_destination_has_one_background_queue()
    {
        ICleverTapDestinationBuilder destination = new ServiceCollection()
            .AddCleverTapDestination("india", _ => { })
            .AddBackgroundDelivery();

        Assert.That(() => destination.AddBackgroundDelivery(), Throws.InvalidOperationException.With.Message.Contains("'india'"));
    }

    [Test]
    public async Task Full_queue_drops_the_newest_event_and_reports_it_when_WhenFull_is_DropNewest()
    {
        using IHost host = await StartAsync(
            configureQueue: queue =>
                (queue.Capacity, queue.WhenFull, queue.FlushInterval) = (3, QueueFullMode.DropNewest, TimeSpan.FromHours(1)),
            start: false
        );
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();

        bool[] taken =
        [
            await queue.EnqueueAsync(Event(0)),
            await queue.EnqueueAsync(Event(1)),
            await queue.EnqueueAsync(Event(2)),
            await queue.EnqueueAsync(Event(3)),
        ];

        Assert.That(taken, Is.EqualTo(new[] { true, true, true, false }));
        Assert.That(DeadLetters.Single().Outcome.UndeliveredReason, Is.EqualTo(UndeliveredReason.QueueFull));
    }

    [Test]
    public async Task Full_queue_makes_the_producer_wait()
    {
        using IHost host = await StartAsync(configureQueue: queue => queue.Capacity = 1, start: false);
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        await queue.EnqueueAsync(Event(0));
        ValueTask<bool> second = queue.EnqueueAsync(Event(1));
        Assert.That(second.IsCompleted, Is.False);

        await host.StartAsync();

        Assert.That(await second, Is.True);
        await queue.FlushAsync();
        Assert.That(CleverTap.EventCount, Is.EqualTo(2));
    }

    [Test]
    public async Task Rejected_upload_goes_to_the_dead_letter_callback_without_a_retry()
    {
        using IHost host = await StartAsync(options => options.Endpoint = new Uri(CleverTap.Endpoint, "nowhere/"));
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        await queue.EnqueueAsync(Event(0));

        Assert.That(await queue.FlushAsync(), Is.True);
        Assert.That(
            (DeadLetters.Single().Outcome.UndeliveredReason, DeadLetters.Single().Outcome.Code),
            Is.EqualTo((UndeliveredReason.BadRequest, 404))
        );
    }

    [Test]
    public async Task Flush_is_false_when_its_token_is_cancelled()
    {
        using IHost host = await StartAsync(start: false);
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        await queue.EnqueueAsync(Event(0));

        Assert.That(await queue.FlushAsync(new CancellationToken(canceled: true)), Is.False);
    }

    [TestCase("Capacity must be positive, not 0")]
    [TestCase("FlushInterval must be 0 to 24 days")]
    public async Task Host_start_throws_when_options_are_invalid(string error)
    {
        Assert.That(
            async () => await StartAsync(configureQueue: queue => (queue.Capacity, queue.FlushInterval) = (0, TimeSpan.FromSeconds(-1))),
            Throws.TypeOf<Microsoft.Extensions.Options.OptionsValidationException>().With.Message.Contains(error)
        );
        await Task.CompletedTask;
    }
}
