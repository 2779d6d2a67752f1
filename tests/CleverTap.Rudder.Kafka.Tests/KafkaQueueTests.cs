using System.Collections.Concurrent;
using System.Globalization;
using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Kafka;

public sealed class KafkaQueueTests : KafkaFixture
{
    private readonly ConcurrentQueue<EventOutcome> notified = new();

    [SetUp]
    public void ClearOutcomes() => notified.Clear();

    [Test]
    public async Task Flush_waits_until_events_are_delivered_through_the_topic()
    {
        using IHost host = await Session.StartHostAsync(options => options.FlushInterval = TimeSpan.FromHours(1));
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(number => queue.EnqueueAsync(Event(number)).AsTask()));

        Assert.That(await queue.FlushAsync(), Is.True);

        Assert.That(Session.StoredNames, Is.EquivalentTo(Enumerable.Range(0, 200).Select(number => $"{number}")));
        await host.StopAsync();
    }

    [Test]
    public async Task Message_key_is_the_user_id_as_in_RudderStack()
    {
        using IHost host = await Session.StartHostAsync();
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        await queue.EnqueueAsync(
            new TrackEvent
            {
                UserId = "user",
                AnonymousId = "anonymous",
                Event = "e",
            }
        );
        await queue.EnqueueAsync(new TrackEvent { AnonymousId = "anonymous", Event = "e" });
        await queue.EnqueueAsync(
            new TrackEvent
            {
                UserId = "",
                AnonymousId = "anonymous",
                Event = "e",
            }
        );
        await queue.EnqueueAsync(new TrackEvent { Event = "e" });
        await queue.FlushAsync();

        Assert.That(
            Session.View.ReadMessages(Session.Topic, 2).Select(message => KafkaSession.Text(message.Message.Key)),
            Is.EquivalentTo(new[] { "user", "anonymous", "anonymous", null })
        );
        await host.StopAsync();
    }

    [Test]
    public async Task Flush_returns_true_without_events_and_false_when_it_is_canceled()
    {
        using IHost host = await Session.StartHostAsync(configureDelivery: options => options.Passcode = "wrong");
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        Assert.That(await queue.FlushAsync(), Is.True);

        await queue.EnqueueAsync(Event(0));
        using var cancellation = new CancellationTokenSource();
        Task<bool> flush = queue.FlushAsync(cancellation.Token);
        await cancellation.CancelAsync();

        Assert.That(await flush, Is.False);
        await host.StopAsync();
    }

    [Test]
    public async Task Enqueue_throws_without_personal_data_when_an_event_cannot_be_written()
    {
        using IHost host = await Session.StartHostAsync(options => options.Client["message.timeout.ms"] = "500");
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        Session.SetAllBrokersDown();

        CleverTapKafkaException failed = Assert.ThrowsAsync<CleverTapKafkaException>(async () =>
            await queue.EnqueueAsync(new TrackEvent { UserId = "jane@example.com", Event = "Secret" })
        )!;

        Assert.That(failed.ToString(), Does.Contain($"'{Session.Topic}'").And.Not.Contain("jane").And.Not.Contain("Secret"));
        Assert.That((failed.Reason, failed.InnerException), Is.EqualTo((nameof(ErrorCode.Local_MsgTimedOut), (Exception?)null)));
        Session.SetAllBrokersUp();

        await host.StopAsync();
    }

    [Test]
    public async Task Enqueue_throws_when_the_host_ends_during_a_write()
    {
        IHost host = await Session.StartHostAsync(options => options.ShutdownDeadline = TimeSpan.FromMilliseconds(100));
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        Session.SetAllBrokersDown();

        Task<bool> write = queue.EnqueueAsync(Event(0)).AsTask();

        await host.StopAsync();
        host.Dispose();

        Assert.That(
            async () => await write,
            Throws.TypeOf<CleverTapKafkaException>().With.Property("Reason").EqualTo(nameof(ErrorCode.Local_Destroy))
        );
        Session.SetAllBrokersUp();
    }

    [Test]
    public async Task Full_client_buffer_drops_the_newest_event_and_notifies_the_handlers()
    {
        using IHost host = await Session.StartHostAsync(
            options =>
            {
                options.WhenFull = QueueFullMode.DropNewest;
                options.Client["queue.buffering.max.messages"] = "1";
            },
            handler: NotifyAsync
        );
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        Session.SetAllBrokersDown();

        Task<bool> first = queue.EnqueueAsync(Event(0)).AsTask();

        Assert.That(await queue.EnqueueAsync(Event(1)), Is.False);

        Assert.That(notified.Single().UndeliveredReason, Is.EqualTo(UndeliveredReason.QueueFull));
        Session.SetAllBrokersUp();

        Assert.That(await first, Is.True);
        await host.StopAsync();
    }

    [Test]
    public async Task Enqueue_waits_when_the_client_buffer_is_full()
    {
        using IHost host = await Session.StartHostAsync(options => options.Client["queue.buffering.max.messages"] = "2");
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();

        bool[] accepted = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => queue.EnqueueAsync(Event(number)).AsTask()));

        Assert.That(accepted, Has.All.True);
        Assert.That(await queue.FlushAsync(), Is.True);
        Assert.That(Session.CleverTap.EventCount, Is.EqualTo(50));
        await host.StopAsync();
    }

    [Test]
    public async Task Enqueue_returns_false_after_the_stop()
    {
        using IHost host = await Session.StartHostAsync(handler: NotifyAsync);
        await host.StopAsync();

        Assert.That(await host.Services.GetRequiredService<ICleverTapQueue>().EnqueueAsync(Event(0)), Is.False);
        Assert.That(notified.Single().UndeliveredReason, Is.EqualTo(UndeliveredReason.Stopped));
    }

    private static TrackEvent Event(int number) =>
        new() { UserId = $"u{number % 7}", Event = number.ToString(CultureInfo.InvariantCulture) };

    private Task NotifyAsync(RudderEvent rudderEvent, EventOutcome outcome)
    {
        notified.Enqueue(outcome);
        return Task.CompletedTask;
    }
}
