using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CleverTap.Rudder.Tests.Events;

[TestFixture]
public sealed class EventJsonTests
{
    private static readonly JsonSerializerOptions SmallPieces = new() { DefaultBufferSize = 16 };

    private static readonly string[] Texts =
    [
        """
            {"type":"identify","messageId":"m1","userId":"u1","anonymousId":"a1","channel":"web",
             "originalTimestamp":"2024-03-01T10:00:00.000Z",
             "timestamp":"2024-03-01T10:00:05Z","sentAt":"2024-03-01T10:00:06Z","receivedAt":"2024-03-01T10:00:07Z",
             "traits":{"a":[1.0,null]},"context":{"traits":{"b":2}},"integrations":{"All":true}}
            """,
        """{"type":"track","userId":42,"event":"Seen \"it\" 😀","properties":{"big":12345678901234567891,"s":"\ud83d","t":"<é>\u2028"}}""",
        """{"type":"page","userId":"u1","name":"Home","category":"Docs","event":"E","properties":{}}""",
        """{"type":"screen","userId":"u1","name":"Main","timestamp":"yesterday"}""",
        """{"type":"ALIAS","userId":"new","previousId":1}""",
        """{"type":"track"}""",
    ];

    [TestCaseSource(nameof(Texts))]
    public void Event_is_the_same_after_it_is_written_and_read(string text)
    {
        RudderEvent original = RudderEvent.Parse(text);
        RudderEvent copy = RudderEvent.Parse(original.ToJson());
        Assert.That(copy, Is.TypeOf(original.GetType()));
        Assert.That(copy.ToJson(), Is.EqualTo(original.ToJson()));
        foreach (MappingOptions options in new[] { MappingOptions.Default, MappingOptions.RudderTransformer })
        {
            var transformer = new CleverTapTransformer(options);
            Assert.That(
                transformer.Transform(copy).Records.Select(record => Canonical(record.ToJson())),
                Is.EqualTo(transformer.Transform(text).Records.Select(record => Canonical(record.ToJson())))
            );
        }
    }

    [Test]
    public void ToJson_omits_unknown_members()
    {
        string json = RudderEvent.Parse("""{"type":"identify","userId":"u1","writeKey":"secret","rudderId":"r"}""").ToJson();
        Assert.That(Canonical(json), Is.EqualTo(Canonical("""{"type":"identify","userId":"u1"}""")));
    }

    [Test]
    public void ToJson_writes_an_event_built_in_code_like_an_SDK()
    {
        var track = new TrackEvent
        {
            UserId = "u1",
            Event = "Seen",
            Properties = new JsonObject { ["a"] = 1 },
            Timestamp = new DateTimeOffset(2024, 3, 1, 10, 0, 0, TimeSpan.Zero),
        };
        Assert.That(
            Canonical(track.ToJson()),
            Is.EqualTo(
                Canonical("""{"type":"track","userId":"u1","event":"Seen","properties":{"a":1},"timestamp":"2024-03-01T10:00:00.000Z"}""")
            )
        );
    }

    [Test]
    public void WriteTo_writes_the_same_JSON_as_ToJson()
    {
        RudderEvent parsed = RudderEvent.Parse(Texts[0]);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            parsed.WriteTo(writer);
            writer.WriteEndArray();
        }

        Assert.That(Canonical(Encoding.UTF8.GetString(stream.ToArray())), Is.EqualTo(Canonical($"[{parsed.ToJson()}]")));
    }

    [TestCaseSource(nameof(Texts))]
    public void System_Text_Json_reads_an_event(string text) =>
        Assert.That(JsonSerializer.Deserialize<RudderEvent>(text), Is.EqualTo(RudderEvent.Parse(text)));

    [Test]
    public void System_Text_Json_reads_a_list_of_events()
    {
        List<RudderEvent> events = JsonSerializer.Deserialize<List<RudderEvent>>($"[ {string.Join(" ,\n", Texts)} ]")!;
        Assert.That(events, Is.EqualTo(Texts.Select(RudderEvent.Parse)));
    }

    [Test]
    public async Task System_Text_Json_reads_events_from_a_stream_in_small_pieces()
    {
        string array = $"[{string.Join(",", Enumerable.Repeat(Texts, 20).SelectMany(text => text))}]";
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(array));
        var events = new List<RudderEvent?>();
        await foreach (RudderEvent? one in JsonSerializer.DeserializeAsyncEnumerable<RudderEvent>(stream, SmallPieces))
        {
            events.Add(one);
        }

        Assert.That(events, Is.EqualTo(Enumerable.Repeat(Texts, 20).SelectMany(text => text).Select(RudderEvent.Parse)));
    }

    [Test]
    public void System_Text_Json_reads_an_event_that_is_a_member()
    {
        string json = $$"""{"message":{{Texts[1]}},"other":{{Texts[3]}} }""";
        Dictionary<string, RudderEvent> members = JsonSerializer.Deserialize<Dictionary<string, RudderEvent>>(json)!;
        Assert.That(members["message"], Is.EqualTo(RudderEvent.Parse(Texts[1])));
        Assert.That(members["other"], Is.InstanceOf<ScreenEvent>());
    }

    [TestCaseSource(nameof(Texts))]
    public void System_Text_Json_writes_an_event(string text)
    {
        RudderEvent parsed = RudderEvent.Parse(text);
        Assert.That(JsonSerializer.Deserialize<RudderEvent>(JsonSerializer.Serialize(parsed))!.ToJson(), Is.EqualTo(parsed.ToJson()));
    }

    [TestCase("[]")]
    [TestCase("\"identify\"")]
    [TestCase("{}")]
    [TestCase("{\"type\":\"group\"}")]
    [TestCase("{\"type\":\"identify\",\"userId\":{}}")]
    [TestCase("{\"type\":\"identify\"")]
    public void System_Text_Json_throws_a_JsonException_when_an_event_is_invalid(string text)
    {
        Assert.That(() => JsonSerializer.Deserialize<RudderEvent>(text), Throws.InstanceOf<JsonException>());
        Assert.That(() => JsonSerializer.Deserialize<List<RudderEvent>>($"[{Texts[0]},{text}]"), Throws.InstanceOf<JsonException>());
    }

    private static string Canonical(string json) => CanonicalJson.Of(json);
}
