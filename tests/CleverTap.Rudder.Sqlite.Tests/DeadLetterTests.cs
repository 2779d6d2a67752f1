using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace CleverTap.Rudder.Tests.Sqlite;

public sealed class DeadLetterTests : OutboxFixture
{
    private static readonly TrackEvent Rejected = new()
    {
        MessageId = "rejected",
        UserId = "secret-user",
        Event = "App Launched",
        OriginalTimestamp = DateTimeOffset.UnixEpoch.AddDays(1),
    };
    private static readonly TrackEvent Invalid = new() { MessageId = "invalid", UserId = "u" };
    private static readonly TrackEvent TooDeep = new()
    {
        MessageId = "deep",
        UserId = "u",
        Event = "e",
        Properties = CreateNested(RudderEvent.MaxDepth + 1),
    };

    [Test]
    public async Task Rejected_and_invalid_events_are_kept_with_code_and_text()
    {
        IHost host = await StartAsync(Rejected, Invalid, OutboxHost.Event(1));

        IReadOnlyList<DeadLetter> letters = await host.DeadLetters().ListAsync();

        Assert.That(
            letters.Select(letter => (letter.MessageId, letter.Kind, letter.Code, letter.Reason)),
            Is.EquivalentTo(
                new (string?, OutcomeKind, int?, string?)[]
                {
                    ("rejected", OutcomeKind.Rejected, 513, null),
                    ("invalid", OutcomeKind.Invalid, null, "EventNameMissing"),
                }
            )
        );
        Assert.That(letters.Select(letter => letter.Message), Is.All.Not.Empty);
        DeadLetter rejected = letters.Single(letter => letter.MessageId == "rejected");
        Assert.That(rejected.Json, Is.EqualTo(Rejected.ToJson()));
        Assert.That(rejected.ToString(), Is.EqualTo($"{rejected.Id}: rejected Rejected 513"));
        Assert.That(await host.DeadLetters().CountAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task List_returns_dead_letters_in_pages()
    {
        IHost host = await StartAsync([.. Enumerable.Repeat(Invalid, 5)]);

        IReadOnlyList<DeadLetter> first = await host.DeadLetters().ListAsync(count: 3);
        IReadOnlyList<DeadLetter> second = await host.DeadLetters().ListAsync(after: first[^1].Id, count: 3);

        Assert.That((first.Count, second.Count), Is.EqualTo((3, 2)));
        Assert.That(first.Concat(second).Select(letter => letter.Id), Is.Ordered.And.Unique);
    }

    [Test]
    public async Task Replay_delivers_dead_letters_when_the_cause_is_fixed()
    {
        IHost host = await Outbox.StartAsync(configureDelivery: delivery =>
            delivery.Endpoint = new Uri(Outbox.CleverTap.Endpoint, "nowhere/")
        );
        for (int i = 0; i < 3; i++)
        {
            await host.Queue().EnqueueAsync(OutboxHost.Event(i) with { UserId = "u" });
        }

        await host.Queue().FlushAsync();
        await host.StopAsync();
        host.Dispose();

        IHost next = await Outbox.StartAsync();
        IReadOnlyList<DeadLetter> letters = await next.DeadLetters().ListAsync();
        Assert.That(letters.Select(letter => (letter.Reason, letter.Code)), Is.All.EqualTo(("BadRequest", 404)));
        Assert.That(await next.DeadLetters().ReplayAsync([letters[0].Id, "12345"]), Is.EqualTo(1));
        await next.Queue().FlushAsync();
        Assert.That(Outbox.CleverTap.Events.Select(e => e.Name), Is.EqualTo(new[] { "0" }));

        Assert.That(await next.DeadLetters().ReplayAsync(), Is.EqualTo(2));
        await next.Queue().FlushAsync();
        Assert.That(Outbox.CleverTap.Events.Select(e => e.Name), Is.EqualTo(new[] { "0", "1", "2" }));
        Assert.That(await next.DeadLetters().CountAsync(), Is.Zero);
    }

    [Test]
    public async Task Replay_delivers_an_edited_dead_letter()
    {
        IHost host = await StartAsync(Invalid);
        DeadLetter letter = (await host.DeadLetters().ListAsync()).Single();

        string? id = await host.DeadLetters().EditAsync(letter.Id, Invalid with { MessageId = "edited", Event = "Checked Out" });

        DeadLetter edited = (await host.DeadLetters().ListAsync()).Single();
        Assert.That((id, edited.Id, edited.MessageId, edited.Reason), Is.EqualTo((letter.Id, letter.Id, "edited", "EventNameMissing")));
        Assert.That(await host.DeadLetters().EditAsync("12345", Invalid), Is.Null);
        Assert.That(async () => await host.DeadLetters().EditAsync(letter.Id, TooDeep), Throws.ArgumentException);
        Assert.That(async () => await host.DeadLetters().EditAsync("0/1", Invalid), Throws.TypeOf<FormatException>());
        await host.DeadLetters().ReplayAsync([id!]);
        await host.Queue().FlushAsync();
        Assert.That(Outbox.CleverTap.Events.Single().Name, Is.EqualTo("Checked Out"));
    }

    [Test]
    public async Task Purge_deletes_dead_letters()
    {
        IHost host = await StartAsync(Invalid, Invalid, Invalid);
        string first = (await host.DeadLetters().ListAsync())[0].Id;

        Assert.That(await host.DeadLetters().PurgeAsync([first]), Is.EqualTo(1));
        Assert.That(await host.DeadLetters().PurgeAsync(), Is.EqualTo(2));
        Assert.That(await host.DeadLetters().CountAsync(), Is.Zero);
    }

    [Test]
    public async Task Dead_letters_are_deleted_after_the_retention()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        IHost host = await Outbox.StartAsync(
            options => (options.DeadLetterRetention, options.FlushSize) = (TimeSpan.FromDays(2), 1),
            clock: clock
        );
        await host.Queue().EnqueueAsync(Invalid);
        await host.Queue().FlushAsync();

        // Unlike an advance, this does not run each timer of these days, of which some are due every millisecond.
        clock.AdjustTime(clock.GetUtcNow().AddDays(1));
        await host.Queue().EnqueueAsync(Rejected);
        await host.Queue().FlushAsync();

        clock.AdjustTime(clock.GetUtcNow().AddDays(1.5));
        await host.Queue().EnqueueAsync(OutboxHost.Event(0));
        await host.Queue().FlushAsync();

        Assert.That((await host.DeadLetters().ListAsync()).Single().MessageId, Is.EqualTo("rejected"));
    }

    [Test]
    public async Task Oldest_dead_letters_are_deleted_beyond_the_count_limit()
    {
        IHost host = await StartAsync(
            options => options.MaxDeadLetters = 2,
            Invalid with
            {
                MessageId = "1",
            },
            Invalid with
            {
                MessageId = "2",
            },
            Invalid with
            {
                MessageId = "3",
            }
        );

        Assert.That((await host.DeadLetters().ListAsync()).Select(letter => letter.MessageId), Is.EqualTo(new[] { "2", "3" }));
    }

    [Test]
    public async Task Row_that_is_not_an_event_becomes_a_dead_letter_and_blocks_nothing()
    {
        await Outbox.EnqueueWithoutDeliveryAsync(OutboxHost.Event(0), OutboxHost.Event(1));
        Outbox.Query("UPDATE event SET json = CAST('{broken' AS BLOB) WHERE id = 1");

        IHost host = await Outbox.StartAsync();
        await host.Queue().FlushAsync();

        Assert.That(Outbox.CleverTap.Events.Single().Name, Is.EqualTo("1"));
        DeadLetter letter = (await host.DeadLetters().ListAsync()).Single();
        Assert.That((letter.Json, letter.Kind, letter.Reason), Is.EqualTo(("{broken", OutcomeKind.Invalid, "NotJson")));
    }

    [Test]
    public async Task Event_nested_too_deep_becomes_a_dead_letter_and_notifies_the_handlers()
    {
        IHost host = await Outbox.StartAsync();

        Assert.That(await host.Queue().EnqueueAsync(TooDeep), Is.True);

        EventOutcome outcome = Outbox.Notified.Single().Outcome;
        Assert.That((outcome.MessageId, outcome.Kind), Is.EqualTo(("deep", OutcomeKind.Invalid)));
        Assert.That(outcome.Error!.Code, Is.EqualTo(EventErrorCode.TooDeep));
        DeadLetter letter = (await host.DeadLetters().ListAsync()).Single();
        Assert.That((letter.MessageId, letter.Kind, letter.Reason), Is.EqualTo(("deep", OutcomeKind.Invalid, "TooDeep")));
        Assert.That(await host.Queue().FlushAsync(), Is.True);
    }

    [Test]
    public async Task List_names_a_damaged_dead_letter_and_fails_no_concurrent_enqueue()
    {
        await StartAsync(Invalid);
        await Outbox.StopAsync();
        Outbox.Query("UPDATE dead_letter SET kind = 'Nonsense'");
        IHost host = await Outbox.StartAsync();

        Task<bool>[] before = [.. Enumerable.Range(0, 100).Select(i => host.Queue().EnqueueAsync(OutboxHost.Event(i)).AsTask())];
        Task list = host.DeadLetters().ListAsync();
        Task<bool>[] after = [.. Enumerable.Range(100, 100).Select(i => host.Queue().EnqueueAsync(OutboxHost.Event(i)).AsTask())];

        Assert.That(await Task.WhenAll([.. before, .. after]), Is.All.True);
        var exception = Assert.ThrowsAsync<SqliteOutboxException>(() => list);
        Assert.That(exception!.Fault, Is.EqualTo(OutboxFault.Corrupt));
        Assert.That(exception.Message, Does.StartWith("Dead letter 1 of the outbox"));
        Assert.That(await host.DeadLetters().PurgeAsync(["1"]), Is.EqualTo(1));
        Assert.That(await host.DeadLetters().ListAsync(), Is.Empty);
    }

    [Test]
    public async Task Oldest_dead_letters_are_deleted_beyond_the_byte_limit()
    {
        TrackEvent[] large = [.. Enumerable.Range(0, 40).Select(i => CreateLarge(i, 300_000))];

        IHost host = await StartAsync(options => (options.MaxDeadLetterBytes, options.FlushSize) = (3_000_000, 1), large);

        IReadOnlyList<DeadLetter> letters = await host.DeadLetters().ListAsync();
        Assert.That(letters[^1].MessageId, Is.EqualTo("m-39"));
        Assert.That(letters.Sum(letter => (long)letter.Json.Length), Is.InRange(1_500_000, 3_300_000));
        await Outbox.StopAsync();
        Assert.That(new FileInfo(Outbox.Database).Length, Is.LessThan(15_000_000), "SQLite reuses the free pages");
    }

    [Category("Slow")]
    [Test]
    public async Task List_ends_a_page_after_16_MiB()
    {
        IHost host = await StartAsync([.. Enumerable.Range(0, 8).Select(i => CreateLarge(i, 5_000_000))]);
        IReadOnlyList<DeadLetter> first = await host.DeadLetters().ListAsync();
        IReadOnlyList<DeadLetter> second = await host.DeadLetters().ListAsync(first[^1].Id);

        Assert.That((first.Count, second.Count), Is.EqualTo((4, 4)));
    }

    /// <summary>Creates an invalid event with a text of the given length.</summary>
    private static TrackEvent CreateLarge(int number, int length) =>
        Invalid with
        {
            MessageId = $"m-{number}",
            Properties = new JsonObject { ["text"] = new string('x', length) },
        };

    private static JsonObject CreateNested(int levels)
    {
        var bag = new JsonObject();
        for (; levels > 1; levels--)
        {
            bag = new JsonObject { ["in"] = bag };
        }

        return bag;
    }

    private Task<IHost> StartAsync(params RudderEvent[] events) => StartAsync(_ => { }, events);

    private async Task<IHost> StartAsync(Action<SqliteOutboxOptions> configure, params RudderEvent[] events)
    {
        IHost host = await Outbox.StartAsync(configure);
        foreach (RudderEvent rudderEvent in events)
        {
            await host.Queue().EnqueueAsync(rudderEvent);
        }

        await host.Queue().FlushAsync();
        return host;
    }
}
