using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace CleverTap.Rudder.Tests.Sqlite;

public sealed class DeadLetterTests
{
    private static readonly TrackEvent Refused = new() { MessageId = "refused", UserId = "secret-user", Event = "App Launched" };
    private static readonly TrackEvent Invalid = new() { MessageId = "invalid", UserId = "u" };

    private OutboxHost outbox = null!;

    [SetUp]
    public async Task CreateOutbox() => outbox = await OutboxHost.CreateAsync();

    [TearDown]
    public async Task RemoveOutbox() => await outbox.DisposeAsync();

    [Test]
    public async Task Refused_and_invalid_events_are_kept_with_code_and_text()
    {
        IHost host = await StartAsync(Refused, Invalid, OutboxHost.Event(1));

        IReadOnlyList<SqliteDeadLetter> letters = await host.DeadLetters().ListAsync();

        Assert.That(letters.Select(letter => (letter.MessageId, letter.Kind, letter.Code, letter.Reason)), Is.EquivalentTo(new (string?, OutcomeKind, int?, string?)[]
        {
            ("refused", OutcomeKind.Rejected, 513, null),
            ("invalid", OutcomeKind.Invalid, null, "EventNameMissing"),
        }));
        Assert.That(letters.Select(letter => letter.Message), Is.All.Not.Empty);
        SqliteDeadLetter refused = letters.Single(letter => letter.MessageId == "refused");
        Assert.That(refused.Json, Is.EqualTo(Refused.ToJson()));
        Assert.That(refused.ToString(), Is.EqualTo($"{refused.Id}: refused Rejected 513"));
        Assert.That(await host.DeadLetters().CountAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task They_are_listed_page_by_page()
    {
        IHost host = await StartAsync([.. Enumerable.Repeat(Invalid, 5)]);

        IReadOnlyList<SqliteDeadLetter> first = await host.DeadLetters().ListAsync(count: 3);
        IReadOnlyList<SqliteDeadLetter> second = await host.DeadLetters().ListAsync(after: first[^1].Id, count: 3);

        Assert.That((first.Count, second.Count), Is.EqualTo((3, 2)));
        Assert.That(first.Concat(second).Select(letter => letter.Id), Is.Ordered.And.Unique);
    }

    [Test]
    public async Task Replayed_ones_are_delivered_once_what_was_wrong_is_right()
    {
        IHost host = await outbox.StartAsync(configureDelivery: delivery => delivery.Endpoint = new Uri(outbox.CleverTap.Endpoint, "nowhere/"));
        for (int i = 0; i < 3; i++) await host.Queue().EnqueueAsync(OutboxHost.Event(i));
        await host.Queue().FlushAsync();
        await host.StopAsync();
        host.Dispose();

        IHost right = await outbox.StartAsync();
        IReadOnlyList<SqliteDeadLetter> letters = await right.DeadLetters().ListAsync();
        Assert.That(letters.Select(letter => (letter.Reason, letter.Code)), Is.All.EqualTo(("BadRequest", 404)));
        Assert.That(await right.DeadLetters().ReplayAsync([letters[0].Id, 12345]), Is.EqualTo(1));
        await right.Queue().FlushAsync();
        Assert.That(outbox.CleverTap.Events.Select(e => e.Name), Is.EqualTo(new[] { "0" }));

        Assert.That(await right.DeadLetters().ReplayAsync(), Is.EqualTo(2));
        await right.Queue().FlushAsync();
        Assert.That(outbox.CleverTap.Events.Select(e => e.Name), Is.EqualTo(new[] { "0", "1", "2" }));
        Assert.That(await right.DeadLetters().CountAsync(), Is.Zero);
    }

    [Test]
    public async Task Purged_ones_are_gone()
    {
        IHost host = await StartAsync(Invalid, Invalid, Invalid);
        long first = (await host.DeadLetters().ListAsync())[0].Id;

        Assert.That(await host.DeadLetters().PurgeAsync([first]), Is.EqualTo(1));
        Assert.That(await host.DeadLetters().PurgeAsync(), Is.EqualTo(2));
        Assert.That(await host.DeadLetters().CountAsync(), Is.Zero);
    }

    [Test]
    public async Task They_are_kept_for_so_long()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        IHost host = await outbox.StartAsync(options => (options.DeadLetterRetention, options.FlushSize) = (TimeSpan.FromDays(2), 1), clock: clock);
        await host.Queue().EnqueueAsync(Invalid);
        await host.Queue().FlushAsync();
        clock.Advance(TimeSpan.FromDays(1));
        await host.Queue().EnqueueAsync(Refused);
        await host.Queue().FlushAsync();

        clock.Advance(TimeSpan.FromDays(1.5));
        await host.Queue().EnqueueAsync(OutboxHost.Event(0));
        await host.Queue().FlushAsync();

        Assert.That((await host.DeadLetters().ListAsync()).Single().MessageId, Is.EqualTo("refused"));
    }

    [Test]
    public async Task The_oldest_give_way_where_there_are_too_many()
    {
        IHost host = await StartAsync(options => options.MaxDeadLetters = 2, Invalid with { MessageId = "1" }, Invalid with { MessageId = "2" }, Invalid with { MessageId = "3" });

        Assert.That((await host.DeadLetters().ListAsync()).Select(letter => letter.MessageId), Is.EqualTo(new[] { "2", "3" }));
    }

    [Test]
    public async Task A_row_that_holds_no_event_becomes_one_and_blocks_nothing()
    {
        await outbox.LeaveBehindAsync(OutboxHost.Event(0), OutboxHost.Event(1));
        outbox.Query("UPDATE event SET json = CAST('{broken' AS BLOB) WHERE id = 1");

        IHost host = await outbox.StartAsync();
        await host.Queue().FlushAsync();

        Assert.That(outbox.CleverTap.Events.Single().Name, Is.EqualTo("1"));
        SqliteDeadLetter letter = (await host.DeadLetters().ListAsync()).Single();
        Assert.That((letter.Json, letter.Kind, letter.Reason), Is.EqualTo(("{broken", OutcomeKind.Invalid, "NotJson")));
    }

    private Task<IHost> StartAsync(params RudderEvent[] events) => StartAsync(_ => { }, events);

    private async Task<IHost> StartAsync(Action<SqliteOutboxOptions> configure, params RudderEvent[] events)
    {
        IHost host = await outbox.StartAsync(configure);
        foreach (RudderEvent e in events) await host.Queue().EnqueueAsync(e);
        await host.Queue().FlushAsync();
        return host;
    }
}
