using System.Collections.Concurrent;
using System.Globalization;
using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Kafka;

public sealed class KafkaQueueTests : KafkaFixture
{
    private readonly ConcurrentQueue<EventOutcome> told = new();

    [SetUp]
    public void ForgetOutcomes() => told.Clear();

    [Test]
    public async Task Enqueued_events_go_through_the_topic_and_flush_waits_for_them()
    {
        using IHost host = await Session.StartHostAsync(options => options.FlushInterval = TimeSpan.FromHours(1));
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(number => queue.EnqueueAsync(Event(number)).AsTask()));

        Assert.That(await queue.FlushAsync(), Is.True);

        Assert.That(Session.StoredNames, Is.EquivalentTo(Enumerable.Range(0, 200).Select(number => $"{number}")));
        await host.StopAsync();
    }

    [Test]
    public async Task A_message_is_keyed_by_the_user_as_RudderStack_keys_its_own()
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
            Session.View.ReadMessages(KafkaSession.Topic, 2).Select(message => KafkaSession.Text(message.Message.Key)),
            Is.EquivalentTo(new[] { "user", "anonymous", "anonymous", null })
        );
        await host.StopAsync();
    }

    [Test]
    public async Task A_flush_of_nothing_is_done_at_once_and_one_of_something_can_be_given_up()
    {
        using IHost host = await Session.StartHostAsync(configureDelivery: options => options.Passcode = "wrong");
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        Assert.That(await queue.FlushAsync(), Is.True);

        await queue.EnqueueAsync(Event(0));
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        Assert.That(await queue.FlushAsync(patience.Token), Is.False);

        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await host.StopAsync(stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    [Test]
    public async Task An_event_that_cannot_be_written_is_an_error_without_personal_data()
    {
        using IHost host = await Session.StartHostAsync(options => options.Client["message.timeout.ms"] = "500");
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        for (int broker = 1; broker <= Session.Kafka.Brokers; broker++)
        {
            Session.Kafka.SetDown(broker);
        }

        CleverTapKafkaException failed = Assert.ThrowsAsync<CleverTapKafkaException>(async () =>
            await queue.EnqueueAsync(new TrackEvent { UserId = "jane@example.com", Event = "Secret" })
        )!;

        Assert.That(failed.ToString(), Does.Contain("'events'").And.Not.Contain("jane").And.Not.Contain("Secret"));
        Assert.That((failed.Reason, failed.InnerException), Is.EqualTo((nameof(ErrorCode.Local_MsgTimedOut), (Exception?)null)));
        for (int broker = 1; broker <= Session.Kafka.Brokers; broker++)
        {
            Session.Kafka.SetUp(broker);
        }

        await host.StopAsync();
    }

    [Test]
    public async Task An_event_that_is_being_written_when_the_host_ends_is_an_error()
    {
        IHost host = await Session.StartHostAsync(options => options.ShutdownDeadline = TimeSpan.FromMilliseconds(100));
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        for (int broker = 1; broker <= Session.Kafka.Brokers; broker++)
        {
            Session.Kafka.SetDown(broker);
        }

        Task<bool> write = queue.EnqueueAsync(Event(0)).AsTask();

        await host.StopAsync();
        host.Dispose();

        Assert.That(
            async () => await write,
            Throws.TypeOf<CleverTapKafkaException>().With.Property("Reason").EqualTo(nameof(ErrorCode.Local_Destroy))
        );
        for (int broker = 1; broker <= Session.Kafka.Brokers; broker++)
        {
            Session.Kafka.SetUp(broker);
        }
    }

    [Test]
    public async Task A_full_buffer_drops_the_newest_where_it_may_and_says_so()
    {
        using IHost host = await Session.StartHostAsync(
            options =>
            {
                options.WhenFull = QueueFullMode.DropNewest;
                options.Client["queue.buffering.max.messages"] = "1";
            },
            handler: Tell
        );
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        for (int broker = 1; broker <= Session.Kafka.Brokers; broker++)
        {
            Session.Kafka.SetDown(broker);
        }

        Task<bool> first = queue.EnqueueAsync(Event(0)).AsTask();

        Assert.That(await queue.EnqueueAsync(Event(1)), Is.False);

        Assert.That(told.Single().UndeliveredReason, Is.EqualTo(UndeliveredReason.QueueFull));
        for (int broker = 1; broker <= Session.Kafka.Brokers; broker++)
        {
            Session.Kafka.SetUp(broker);
        }

        Assert.That(await first, Is.True);
        await host.StopAsync();
    }

    [Test]
    public async Task A_full_buffer_makes_the_producer_wait()
    {
        using IHost host = await Session.StartHostAsync(options => options.Client["queue.buffering.max.messages"] = "2");
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();

        bool[] taken = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => queue.EnqueueAsync(Event(number)).AsTask()));

        Assert.That(taken, Has.All.True);
        Assert.That(await queue.FlushAsync(), Is.True);
        Assert.That(Session.CleverTap.EventCount, Is.EqualTo(50));
        await host.StopAsync();
    }

    [Test]
    public async Task After_the_stop_events_are_handed_back()
    {
        using IHost host = await Session.StartHostAsync(handler: Tell);
        await host.StopAsync();

        Assert.That(await host.Services.GetRequiredService<ICleverTapQueue>().EnqueueAsync(Event(0)), Is.False);
        Assert.That(told.Single().UndeliveredReason, Is.EqualTo(UndeliveredReason.Stopped));
    }

    private static TrackEvent Event(int number) =>
        new() { UserId = $"u{number % 7}", Event = number.ToString(CultureInfo.InvariantCulture) };

    private Task Tell(RudderEvent rudderEvent, EventOutcome outcome)
    {
        told.Enqueue(outcome);
        return Task.CompletedTask;
    }
}
