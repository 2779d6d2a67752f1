using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace CleverTap.Rudder.Tests.Sqlite;

/// <summary>An event is filtered if its message id was enqueued within the window, also across restarts.</summary>
public sealed class OutboxDeduplicationTests : OutboxFixture
{
    private static readonly DeduplicationWindow Window = new() { Count = 100, Time = TimeSpan.FromDays(1) };

    [Test]
    public async Task Deduplication_filters_the_second_event_with_the_same_message_id()
    {
        IHost host = await StartAsync(Window);

        Assert.That(await host.Queue().EnqueueAsync(Event("m", "first")), Is.True);
        Assert.That(await host.Queue().EnqueueAsync(Event("m", "second")), Is.True);
        await host.Queue().FlushAsync();

        Assert.That(GetStoredNames(), Is.EqualTo(new[] { "first" }));
        Assert.That(Outbox.Notified.Select(notified => notified.Event.MessageId), Is.EqualTo(new[] { "m", "m" }));
        Assert.That(
            Outbox.Notified.Select(notified => (notified.Outcome.Kind, notified.Outcome.FilterReason)),
            Is.EquivalentTo(
                new (OutcomeKind, FilterReason?)[] { (OutcomeKind.Delivered, null), (OutcomeKind.Filtered, FilterReason.Duplicate) }
            )
        );
        Assert.That(await host.DeadLetters().CountAsync(), Is.Zero);
    }

    [Test]
    public async Task Deduplication_includes_events_of_an_earlier_host()
    {
        await (await StartAsync(Window)).Queue().EnqueueAsync(Event("m", "first"));
        await Outbox.StopAsync();

        IHost next = await StartAsync(Window);
        await next.Queue().EnqueueAsync(Event("m", "second"));
        await next.Queue().FlushAsync();

        Assert.That(GetStoredNames(), Is.EqualTo(new[] { "first" }));
    }

    [Test]
    public async Task Deduplication_window_is_limited_by_count()
    {
        IHost host = await StartAsync(Window with { Count = 2 });

        foreach (string messageId in new[] { "a", "b", "a", "c", "d", "a" })
        {
            await host.Queue().EnqueueAsync(Event(messageId, messageId));
        }

        await host.Queue().FlushAsync();
        Assert.That(GetStoredNames(), Is.EqualTo(new[] { "a", "b", "c", "d", "a" }));
        await Outbox.StopAsync();
        Assert.That(Outbox.Query("SELECT count(*) FROM seen_message"), Is.LessThanOrEqualTo(3));
    }

    [Test]
    public async Task Deduplication_window_is_limited_by_time()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        IHost host = await StartAsync(Window, clock);
        foreach ((string name, int hoursLater) in new[] { ("first", 23), ("second", 1), ("third", 0) })
        {
            await host.Queue().EnqueueAsync(Event("m", name));
            await host.Queue().FlushAsync();
            clock.Advance(TimeSpan.FromHours(hoursLater));
        }

        Assert.That(GetStoredNames(), Is.EqualTo(new[] { "first", "third" }));
    }

    [Test]
    public async Task Deduplication_accepts_the_id_of_a_dead_letter_again()
    {
        IHost host = await StartAsync(Window);
        await host.Queue().EnqueueAsync(Event("m", "App Launched"));
        await host.Queue().FlushAsync();

        await host.Queue().EnqueueAsync(Event("m", "second"));
        await host.Queue().FlushAsync();

        Assert.That(GetStoredNames(), Is.EqualTo(new[] { "second" }));
    }

    [Test]
    public async Task Deduplication_counts_replayed_dead_letters()
    {
        IHost host = await StartAsync(Window, delivery: options => options.Endpoint = new Uri(Outbox.CleverTap.Endpoint, "nowhere/"));
        await host.Queue().EnqueueAsync(Event("m", "first"));
        await host.Queue().FlushAsync();
        await Outbox.StopAsync();
        IHost next = await StartAsync(Window);
        await next.Queue().EnqueueAsync(Event("m", "second"));

        Assert.That(await next.DeadLetters().ReplayAsync(), Is.EqualTo(1));
        await next.Queue().EnqueueAsync(Event("m", "third"));
        await next.Queue().FlushAsync();

        Assert.That(GetStoredNames(), Is.EqualTo(new[] { "second", "first" }));
    }

    [Test]
    public async Task Deduplication_filters_a_duplicate_before_a_full_outbox_drops_it()
    {
        IHost host = await Outbox.StartAsync(
            options => (options.Capacity, options.WhenFull) = (1, QueueFullMode.DropNewest),
            delivery => (delivery.DeduplicationWindow, delivery.Endpoint) = (Window, OutboxHost.Unreachable)
        );
        await host.Queue().EnqueueAsync(Event("m", "first"));

        Assert.That(await host.Queue().EnqueueAsync(Event("m", "second")), Is.True);

        Assert.That(Outbox.Notified.Single().Outcome.FilterReason, Is.EqualTo(FilterReason.Duplicate));
        Assert.That(await host.DeadLetters().CountAsync(), Is.Zero);
    }

    [Test]
    public async Task Deduplication_never_filters_events_without_a_message_id()
    {
        IHost host = await StartAsync(Window);
        foreach (string? messageId in new[] { null, null, "", "" })
        {
            await host.Queue().EnqueueAsync(Event(messageId, "e"));
        }

        await host.Queue().FlushAsync();

        Assert.That(Outbox.CleverTap.EventCount, Is.EqualTo(4));
    }

    [Test]
    public async Task Deduplication_filters_nothing_when_it_is_off()
    {
        IHost host = await StartAsync(DeduplicationWindow.Off);
        await host.Queue().EnqueueAsync(Event("m", "first"));
        await host.Queue().EnqueueAsync(Event("m", "second"));
        await host.Queue().FlushAsync();

        Assert.That(GetStoredNames(), Is.EqualTo(new[] { "first", "second" }));
    }

    private static TrackEvent Event(string? messageId, string name) =>
        new()
        {
            MessageId = messageId,
            UserId = "u",
            Event = name,
        };

    private Task<IHost> StartAsync(DeduplicationWindow window, TimeProvider? clock = null, Action<CleverTapOptions>? delivery = null) =>
        Outbox.StartAsync(
            options => options.FlushSize = 1,
            options =>
            {
                options.DeduplicationWindow = window;
                delivery?.Invoke(options);
            },
            clock
        );

    private IEnumerable<string> GetStoredNames() => Outbox.CleverTap.Events.Select(stored => stored.Name);
}
