using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Tests.Testing;

[TestFixture]
public sealed class EmulatorMemoryTests
{
    private static readonly CleverTapEmulatorOptions Small = new()
    {
        MaxStoredEvents = 2,
        MaxStoredProfiles = 2,
        MaxStoredRequests = 2,
        MaxStoredRejected = 2,
    };

    [Test]
    public async Task Oldest_entries_are_removed_and_totals_still_count_them()
    {
        await using EmulatorSession session = await EmulatorSession.StartAsync(Small);
        for (int i = 1; i <= 5; i++)
        {
            await session.UploadAsync(Event($"u{i}", $"E{i}"), $$"""{"type":"bad","n":{{i}}}""");
        }

        CleverTapEmulator emulator = session.Emulator;
        Assert.That(emulator.Events.Select(stored => stored.Name), Is.EqualTo(new[] { "E4", "E5" }));
        Assert.That(emulator.Profiles.Keys, Is.EqualTo(new[] { "u4", "u5" }));
        Assert.That(emulator.Rejected.Select(rejected => rejected.Record.GetProperty("n").GetInt32()), Is.EqualTo(new[] { 4, 5 }));
        Assert.That(emulator.Requests, Has.Count.EqualTo(2));
        Assert.That(new[] { emulator.EventCount, emulator.ProfileCount, emulator.RejectedCount, emulator.RequestCount }, Is.All.EqualTo(5));
    }

    [Test]
    public async Task Profile_with_the_oldest_update_is_removed_first()
    {
        await using EmulatorSession session = await EmulatorSession.StartAsync(Small);
        await session.UploadAsync(Event("a", "E"), Event("b", "E"), Event("a", "E"), Event("c", "E"));
        Assert.That(session.Emulator.Profiles.Keys, Is.EqualTo(new[] { "a", "c" }));
    }

    [Test]
    public async Task Events_of_a_removed_profile_are_still_found_by_their_id()
    {
        await using EmulatorSession session = await EmulatorSession.StartAsync(new CleverTapEmulatorOptions { MaxStoredProfiles = 0 });
        await session.UploadAsync(Event("a", "E"), """{"type":"profile","identity":"a","profileData":{"x":1}}""");
        Assert.That(session.Emulator.Profiles, Is.Empty);
        Assert.That(session.Emulator.EventsOf("a"), Has.Count.EqualTo(1));
        Assert.That(session.Emulator.EventsOf("b"), Is.Empty);
    }

    [Test]
    public async Task Clear_removes_all_data_and_resets_the_counts()
    {
        await using EmulatorSession session = await EmulatorSession.StartAsync();
        await session.UploadAsync(Event("a", "E"), "{}", """{"type":"token","objectId":"d","tokenData":{"id":"t","type":"fcm"}}""");
        CleverTapEmulator emulator = session.Emulator;
        emulator.Clear();

        Assert.That(
            new System.Collections.IEnumerable[] { emulator.Events, emulator.Profiles, emulator.Requests, emulator.Rejected },
            Is.All.Empty
        );
        long[] totals =
        [
            emulator.EventCount,
            emulator.ProfileCount,
            emulator.ProfileRecordCount,
            emulator.TokenRecordCount,
            emulator.RejectedCount,
            emulator.RequestCount,
        ];
        Assert.That(totals, Is.All.Zero);

        await session.UploadAsync(Event("a", "E"));
        Assert.That(emulator.EventCount, Is.EqualTo(1));
    }

    [Test]
    public async Task Concurrent_uploads_are_all_stored()
    {
        await using EmulatorSession session = await EmulatorSession.StartAsync();
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(async sender =>
                {
                    for (int i = 0; i < 25; i++)
                    {
                        await session.UploadAsync(
                            Event($"u{sender}", $"E{i}"),
                            """{"type":"profile","identity":"all","profileData":{"n":{"$incr":1}}}"""
                        );
                        Assert.That(session.Emulator.Profiles["all"].Attributes["n"].GetInt32(), Is.Positive);
                    }
                })
        );

        Assert.That(session.Emulator.EventCount, Is.EqualTo(200));
        Assert.That(session.Emulator.Profiles["all"].Attributes["n"].GetInt32(), Is.EqualTo(200));
        Assert.That(
            session.Emulator.EventsOf("u3").Select(stored => stored.Name),
            Is.EqualTo(Enumerable.Range(0, 25).Select(i => $"E{i}"))
        );
    }

    [Test]
    public async Task Events_and_profile_updates_have_a_number_and_a_request_number()
    {
        await using EmulatorSession session = EmulatorSession.WithoutSockets();
        await session.UploadAsync(Event("a", "E1"), """{"type":"profile","identity":"a","profileData":{"n":{"$incr":1}}}""");
        await session.UploadAsync(
            """{"type":"token","objectId":"d","tokenData":{"id":"t","type":"fcm"}}""",
            """{"type":"profile","objectId":"d","profileData":{"identity":"a"}}""",
            Event("a", "E2")
        );

        CleverTapEmulator emulator = session.Emulator;
        Assert.That(
            emulator.Events.Select(stored => (stored.Name, stored.Number, stored.RequestNumber)),
            Is.EqualTo(new[] { ("E1", 1L, 1L), ("E2", 5L, 2L) })
        );
        Assert.That(
            emulator.ProfileUpdates.Select(update => (update.Identity, update.ObjectId, update.Number, update.RequestNumber)),
            Is.EqualTo(new (string?, string?, long, long)[] { ("a", null, 2, 1), (null, "d", 4, 2) })
        );
        Assert.That(emulator.ProfileUpdates[0].Attributes["n"].GetRawText(), Is.EqualTo("""{"$incr":1}"""));
        Assert.That(emulator.ProfileRecordCount, Is.EqualTo(2));
    }

    [Test]
    public async Task EventsOf_returns_each_event_once_in_order_for_any_id_of_the_user()
    {
        await using EmulatorSession session = EmulatorSession.WithoutSockets(new CleverTapEmulatorOptions { MaxStoredEvents = 4 });
        await session.UploadAsync(
            Event("u", "forgotten"),
            """{"type":"event","identity":"u","objectId":"d","evtName":"forgotten too","evtData":{}}""",
            """{"type":"event","objectId":"d","evtName":"by device","evtData":{}}""",
            """{"type":"event","identity":"u","objectId":"d","evtName":"by both","evtData":{}}""",
            Event("other", "not theirs"),
            Event("u", "by identity")
        );
        Assert.That(
            session.Emulator.EventsOf("u").Select(stored => stored.Name),
            Is.EqualTo(new[] { "by device", "by both", "by identity" })
        );
        Assert.That(session.Emulator.EventsOf("d"), Is.EqualTo(session.Emulator.EventsOf("u")));
    }

    [Test]
    public async Task Snapshot_is_reused_until_the_store_changes()
    {
        await using EmulatorSession session = EmulatorSession.WithoutSockets();
        await session.UploadAsync(Event("a", "E"));
        IReadOnlyList<StoredEvent> before = session.Emulator.Events;
        Assert.That(session.Emulator.Events, Is.SameAs(before));
        await session.UploadAsync(Event("a", "E"));
        Assert.That(before, Has.Count.EqualTo(1));
        Assert.That(session.Emulator.Events, Has.Count.EqualTo(2));
    }

    private static string Event(string identity, string name) =>
        $$$"""{"type":"event","identity":"{{{identity}}}","evtName":"{{{name}}}","evtData":{}}""";
}
