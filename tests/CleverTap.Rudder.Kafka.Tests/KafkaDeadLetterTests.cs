using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Kafka;

/// <summary>Lists, edits, replays and purges letters of the dead-letter topic.</summary>
public sealed class KafkaDeadLetterTests
{
    private KafkaSession session = null!;
    private IHost host = null!;
    private IDeadLetters letters = null!;

    [SetUp]
    public async Task Start()
    {
        session = await KafkaSession.StartAsync();
        host = await session.StartHostAsync();
        letters = host.Services.GetRequiredService<IDeadLetters>();
    }

    [TearDown]
    public async Task Stop()
    {
        await host.StopAsync();
        host.Dispose();
        await session.DisposeAsync();
    }

    [Test]
    public async Task List_returns_dead_letters_in_pages_with_their_outcome()
    {
        await EnqueueAsync(
            new TrackEvent
            {
                MessageId = "rejected",
                UserId = "u",
                Event = "App Launched",
            },
            new TrackEvent { MessageId = "invalid", UserId = "u" },
            new TrackEvent
            {
                MessageId = "fine",
                UserId = "u",
                Event = "e",
            }
        );

        IReadOnlyList<DeadLetter> first = await letters.ListAsync(count: 1);
        IReadOnlyList<DeadLetter> second = await letters.ListAsync(first[0].Id, count: 100);

        Assert.That(
            first.Concat(second).Select(letter => (letter.MessageId, letter.Kind, letter.Code, letter.Reason)),
            Is.EquivalentTo(
                new (string?, OutcomeKind, int?, string?)[]
                {
                    ("rejected", OutcomeKind.Rejected, 513, null),
                    ("invalid", OutcomeKind.Invalid, null, "EventNameMissing"),
                }
            )
        );
        Assert.That((first[0].Id, second[0].Id), Is.EqualTo(("0/0", "0/1")));
        Assert.That(first[0].Message, Is.Not.Empty);
        Assert.That(first[0].At, Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(10)));
        Assert.That(await letters.CountAsync(), Is.EqualTo(2));
        Assert.That(await letters.ListAsync(second[0].Id), Is.Empty);
    }

    [Category("Slow")]
    [Test]
    public async Task Replay_writes_an_edited_dead_letter_once()
    {
        await EnqueueAsync(new TrackEvent { MessageId = "m", UserId = "u" }, new TrackEvent { MessageId = "other", UserId = "u" });
        DeadLetter letter = (await letters.ListAsync()).Single(found => found.MessageId == "m");

        string? id = await letters.EditAsync(letter.Id, (TrackEvent)RudderEvent.Parse(letter.Json) with { Event = "Checked Out" });
        IReadOnlyList<DeadLetter> edited = await letters.ListAsync();

        Assert.That(edited.Select(found => found.MessageId), Is.EquivalentTo(new[] { "m", "other" }));
        Assert.That(edited.Single(found => found.Id == id).Reason, Is.EqualTo("EventNameMissing"), "the reason stays");
        Assert.That(await letters.ReplayAsync([id!, letter.Id, "0/999"]), Is.EqualTo(1));
        Assert.That(await letters.ReplayAsync([id!]), Is.Zero, "it is settled");
        await host.Services.GetRequiredService<ICleverTapQueue>().FlushAsync();
        Assert.That(session.StoredNames, Is.EqualTo(new[] { "Checked Out" }));
        Assert.That((await letters.ListAsync()).Single().MessageId, Is.EqualTo("other"));
    }

    [Test]
    public async Task Replay_is_visible_to_other_processes()
    {
        await EnqueueAsync([.. Enumerable.Range(0, 5).Select(number => new TrackEvent { MessageId = $"m-{number}", UserId = "u" })]);

        Assert.That(await letters.ReplayAsync(), Is.EqualTo(5));
        await host.Services.GetRequiredService<ICleverTapQueue>().FlushAsync();

        // The events are rejected again and become new dead letters. Another process sees only the new ones.
        using IHost other = session.BuildHost();
        IReadOnlyList<DeadLetter> again = await other.Services.GetRequiredService<IDeadLetters>().ListAsync();
        Assert.That(again.Select(letter => letter.MessageId), Is.EqualTo(Enumerable.Range(0, 5).Select(number => $"m-{number}")));
        Assert.That(again.Select(letter => DeadLetterPosition.Parse(letter.Id).Offset), Has.All.GreaterThan(4));
    }

    [Test]
    public async Task Purge_settles_dead_letters_when_the_brokers_delete_no_records()
    {
        await EnqueueAsync([.. Enumerable.Range(0, 3).Select(number => new TrackEvent { MessageId = $"m-{number}", UserId = "u" })]);

        Assert.That(await letters.PurgeAsync(["0/1"]), Is.EqualTo(1));
        Assert.That((await letters.ListAsync()).Select(letter => letter.MessageId), Is.EqualTo(new[] { "m-0", "m-2" }));
        Assert.That(await letters.PurgeAsync(), Is.EqualTo(2));
        Assert.That(await letters.CountAsync(), Is.Zero);
    }

    [Test]
    public async Task Replay_of_all_keeps_a_message_without_a_value()
    {
        session.Write([("u", null)]);
        await Polling.WaitUntilAsync(() => session.Letters.Count == 1, "the letter is written");

        Assert.That(await letters.ReplayAsync(), Is.Zero);
        Assert.That((await letters.ListAsync()).Single().Json, Is.Empty);
    }

    [Test]
    public async Task ReadPage_continues_after_the_previous_page()
    {
        await EnqueueAsync([.. Enumerable.Range(0, 3).Select(number => new TrackEvent { MessageId = $"m-{number}", UserId = "u" })]);
        var context = new ConsumerContext(CreateDependencies());
        using var reader = new DeadLetterReader(context, CancellationToken.None);
        DeadLetterPosition[] positions = [.. reader.Scan().Open];

        (List<ConsumeResult<byte[]?, byte[]?>> page, int count) = reader.ReadPage(positions, maxCount: 2);

        Assert.That((page.Count, count), Is.EqualTo((2, 2)));
        Assert.That(reader.ReadPage(positions.AsMemory(2), maxCount: 2).Letters.Single().Offset.Value, Is.EqualTo(2));
        context.Producer.Dispose();
    }

    [TestCase("17")]
    [TestCase("0/x")]
    [TestCase("")]
    public void Malformed_id_throws_FormatException(string id)
    {
        Assert.That(async () => await letters.ReplayAsync([id]), Throws.TypeOf<FormatException>());
        Assert.That(async () => await letters.ListAsync(id), Throws.TypeOf<FormatException>());
    }

    [Test]
    public void Scan_finds_the_deletable_records_before_the_first_open_letter()
    {
        var scan = new DeadLetterScan();
        for (int offset = 5; offset < 9; offset++)
        {
            scan.Add(Message(0, offset));
        }

        scan.Add(Message(1, 3));
        scan.Add(Message(0, 9, settled: "5,6,8"));

        Assert.That(scan.Open.Select(position => position.ToString()), Is.EqualTo(new[] { "0/7", "1/3" }));
        Assert.That(scan.FindDeletableRecords().Select(position => position.ToString()), Is.EqualTo(new[] { "0/7" }));
        scan.Settle([new DeadLetterPosition(0, 7)]);
        Assert.That(scan.FindDeletableRecords().Select(position => position.ToString()), Is.EqualTo(new[] { "0/10" }));
    }

    private static ConsumeResult<byte[]?, byte[]?> Message(int partition, long offset, string? settled = null) =>
        new()
        {
            Topic = "letters",
            Partition = partition,
            Offset = offset,
            Message = new Message<byte[]?, byte[]?>
            {
                Headers = settled is null ? [] : DeadLetterHeaders.CreateSettled(settled.Split(',').Select(long.Parse)),
            },
        };

    private QueueDependencies<KafkaConsumerOptions> CreateDependencies() =>
        new(
            "",
            host.Services.GetRequiredKeyedService<CleverTapDestination>(""),
            host.Services.GetRequiredService<Microsoft.Extensions.Options.IOptionsMonitor<KafkaConsumerOptions>>().Get(""),
            OutcomeHandlers.Create(
                host.Services,
                "",
                new KafkaConsumerOptions(),
                new QueueLog("", Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance)
            ),
            host.Services.GetRequiredService<QueueMetrics>(),
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance,
            TimeProvider.System
        );

    private async Task EnqueueAsync(params RudderEvent[] events)
    {
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        await queue.EnqueueAsync(events);
        await queue.FlushAsync();
    }
}
