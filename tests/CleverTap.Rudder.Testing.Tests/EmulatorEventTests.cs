using System.Text.Json;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Tests.Testing;

[TestFixture]
public sealed class EmulatorEventTests
{
    [Test]
    public async Task Events_are_stored_in_order_with_their_properties()
    {
        await using EmulatorSession session = await EmulatorSession.StartAsync();
        await session.UploadAsync(
            """{"type":"event","identity":5,"ts":1700000000,"evtName":"Product Viewed","evtData":{"Price":39.95,"Seen":"$D_1700000000"}}""",
            """{"type":"event","objectId":"device","evtName":"Charged","evtData":{"Items":[{"Title":"A"}]}}"""
        );

        StoredEvent[] events = session.Emulator.Events.ToArray();
        Assert.That(
            events.Select(stored => (stored.Name, stored.Identity, stored.ObjectId)),
            Is.EqualTo(new[] { ("Product Viewed", "5", null), ("Charged", (string?)null, (string?)"device") })
        );
        Assert.That(events[0].Timestamp, Is.EqualTo(1700000000));
        Assert.That(events[0].Properties["Price"].GetDouble(), Is.EqualTo(39.95));
        Assert.That(events[1].Properties["Items"].GetRawText(), Is.EqualTo("""[{"Title":"A"}]"""));
    }

    [Test]
    public async Task The_time_of_an_event_without_ts_is_the_time_of_receipt()
    {
        await using EmulatorSession session = await EmulatorSession.StartAsync(
            new CleverTapEmulatorOptions { TimeProvider = new StoppedClock() }
        );
        await session.UploadAsync(Event("\"ts\":1500000000,"), Event(""), Event("\"ts\":null,"));
        Assert.That(session.Emulator.Events.Select(stored => stored.Timestamp), Is.EqualTo(new long?[] { 1500000000, null, null }));
        Assert.That(session.Emulator.Events.Select(stored => stored.OccurredAt), Is.EqualTo(new[] { 1500000000, 1700000000, 1700000000 }));
    }

    [TestCase("\"1700000000\"", 1700000000)]
    [TestCase("1700000000.9", 1700000000)]
    [TestCase("1.7e9", 1700000000)]
    public async Task Times_are_whole_seconds(string ts, long seconds)
    {
        await using EmulatorSession session = await EmulatorSession.StartAsync();
        await session.UploadAsync(Event($"\"ts\":{ts},"));
        Assert.That(session.Emulator.Events.Single().Timestamp, Is.EqualTo(seconds));
    }

    [TestCase("""a \ud800 b""")]
    [TestCase("""\ud83d""")]
    public async Task A_lone_surrogate_is_kept(string sent)
    {
        string text = $"\"{sent}\"";
        string data = $$"""{"text":{{text}},"\udc00":1}""";
        await using EmulatorSession session = await EmulatorSession.StartAsync();
        JsonElement response = await session.UploadAsync(
            $$"""{"type":"event","identity":"\ud800","evtName":"\udfff","evtData":{{data}}}""",
            $$"""{"type":"profile","identity":"\ud800","profileData":{{data}}}"""
        );
        Assert.That(response.GetProperty("status").GetString(), Is.EqualTo("success"));

        Assert.That(session.Emulator.Events.Single().Properties.Keys, Is.EqualTo(new[] { "text", "\udc00" }));
        Assert.That(session.Emulator.EventsOf("\ud800").Single().Properties["text"].GetRawText(), Is.EqualTo(text));
        Assert.That(session.Emulator.Profiles["\ud800"].Attributes["text"].GetRawText(), Is.EqualTo(text));
        Assert.That(session.Emulator.Events.Single().Name, Is.EqualTo("\udfff"));
    }

    [Test]
    public async Task A_lone_surrogate_in_a_rejected_record_comes_back_as_it_was_sent()
    {
        const string nested = """{"type":"event","identity":"u","evtName":"A","evtData":{"\ud800":{"a":"\udc00"}}}""";
        const string profile = """{"type":"profile","identity":"u","profileData":{"Email":"\ud800","x":"\udfff"}}""";
        await using EmulatorSession session = await EmulatorSession.StartAsync();
        JsonElement unprocessed = (await session.UploadAsync(nested, profile)).GetProperty("unprocessed");
        Assert.That(unprocessed[0].GetProperty("record").GetRawText(), Is.EqualTo(nested));
        Assert.That(unprocessed[0].GetProperty("error").GetRawText(), Does.Contain("""field : \ud800.Skipped"""));
        Assert.That(unprocessed[1].GetProperty("record").GetRawText(), Is.EqualTo(profile));
        Assert.That(session.Emulator.Rejected[1].Record.GetRawText(), Is.EqualTo(profile));
    }

    private static string Event(string ts) => $$$"""{"type":"event","identity":"u",{{{ts}}}"evtName":"A","evtData":{}}""";

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(1700000000);
    }
}
