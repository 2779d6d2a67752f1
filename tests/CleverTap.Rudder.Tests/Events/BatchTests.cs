using System.Text;
using System.Text.Json;

namespace CleverTap.Rudder.Tests.Events;

/// <summary>Tests reading bodies with several events.</summary>
public sealed class BatchTests
{
    private const string Track = """{"type":"track","userId":"u1","event":"Seen","sentAt":"2024-03-01T09:00:00.000Z"}""";
    private const string Identify = """{"type":"identify","userId":"u2"}""";

    [TestCase(Track, "TrackEvent")]
    [TestCase($"[{Track}]", "TrackEvent")]
    [TestCase($"[{Track},{Identify}]", "TrackEvent,IdentifyEvent")]
    [TestCase($" [ {Track} ,\n {Identify} ] ", "TrackEvent,IdentifyEvent")]
    [TestCase($$"""{"batch":[{{Identify}},{{Track}}]}""", "IdentifyEvent,TrackEvent")]
    [TestCase($$"""{"messageId":"m","sentAt":"2024-03-01T10:00:00Z","batch":[{{Identify}}],"context":{"batch":[1]} }""", "IdentifyEvent")]
    [TestCase($$"""{"type":"","batch":[{{Identify}}]}""", "IdentifyEvent")]
    [TestCase($$"""{"b\u0061tch":[{{Identify}}]}""", "IdentifyEvent")]
    [TestCase($"\uFEFF[{Identify}]", "IdentifyEvent")]
    [TestCase("""{"type":"track","event":"Seen","batch":[{"a":1}]}""", "TrackEvent")]
    [TestCase("[]", "")]
    [TestCase("[ ]", "")]
    [TestCase("""{"batch":[]}""", "")]
    public void ReadBatch_returns_the_events_of_a_body_in_order(string body, string expected)
    {
        IReadOnlyList<BatchElement> elements = RudderEvent.ReadBatch(body);

        IEnumerable<string> types = elements.Select(element => element.Event?.GetType().Name ?? element.Error!.ToString());
        Assert.That(string.Join(',', types), Is.EqualTo(expected));
        Assert.That(elements.Select(element => element.Index), Is.EqualTo(Enumerable.Range(0, elements.Count)));
    }

    [TestCase("42", EventErrorCode.NotAnObject)]
    [TestCase("7 8", EventErrorCode.NotJson)]
    [TestCase("null", EventErrorCode.NotAnObject)]
    [TestCase("\"text, with ] and [ in it\"", EventErrorCode.NotAnObject)]
    [TestCase("\"\\\"]\"", EventErrorCode.NotAnObject)]
    [TestCase("[]", EventErrorCode.NotAnObject)]
    [TestCase("[{}]", EventErrorCode.NotAnObject)]
    [TestCase("{}", EventErrorCode.TypeMissing)]
    [TestCase("", EventErrorCode.NotJson)]
    [TestCase("nonsense", EventErrorCode.NotJson)]
    [TestCase("tru", EventErrorCode.NotJson)]
    [TestCase("{\"type\":\"track\",\"properties\":{\"a\":tru}}", EventErrorCode.NotJson)]
    [TestCase("{\"type\":\"track\",\"properties\":{\"a\":[1}}}", EventErrorCode.NotJson)]
    [TestCase("{\"type\":\"track\",\"userId\":\"\\x\"}", EventErrorCode.NotJson)]
    [TestCase("{\"type\":\"group\"}", EventErrorCode.TypeNotSupported)]
    [TestCase("{\"type\":\"track\",\"userId\":{}}", EventErrorCode.WrongKind)]
    [TestCase($$"""{"batch":[{{Track}}]}""", EventErrorCode.TypeMissing)]
    public void ReadBatch_reads_the_other_elements_when_one_is_invalid(string bad, EventErrorCode code)
    {
        foreach (string body in new[] { $"[{Track},{bad},{Identify}]", $$"""{"batch":[{{Track}} , {{bad}} ,{{Identify}}],"sentAt":"x"}""" })
        {
            IReadOnlyList<BatchElement> elements = RudderEvent.ReadBatch(body);

            Assert.That(elements.Select(element => element.IsEvent), Is.EqualTo(new[] { true, false, true }));
            Assert.That((elements[1].Error!.Code, elements[1].Event), Is.EqualTo((code, (RudderEvent?)null)));
            Assert.That((elements[2].Event!.UserId, elements[2].Error), Is.EqualTo(("u2", (EventError?)null)));
        }
    }

    [Test]
    public void ReadBatch_reads_the_other_elements_when_one_is_not_UTF_8()
    {
        byte[] bad = [.. "{\"type\":\"identify\",\"userId\":\""u8, 0xFF, .. "\"}"u8];
        byte[] body = [.. Encoding.UTF8.GetBytes($"[{Track},"), .. bad, .. Encoding.UTF8.GetBytes($",{Identify}]")];

        IEnumerable<EventErrorCode?> codes = RudderEvent.ReadBatch(body).Select(element => element.Error?.Code);
        Assert.That(codes, Is.EqualTo(new EventErrorCode?[] { null, EventErrorCode.NotJson, null }));
    }

    [TestCase("", EventErrorCode.NotJson, "")]
    [TestCase("{broken", EventErrorCode.NotJson, "")]
    [TestCase($"[{Track},", EventErrorCode.NotJson, "")]
    [TestCase($"[{Track}] x", EventErrorCode.NotJson, "")]
    [TestCase($$"""{"batch":[{{Track}}""", EventErrorCode.NotJson, "")]
    [TestCase($$"""{"batch":[{{Track}}]} x""", EventErrorCode.NotJson, "")]
    [TestCase("null", EventErrorCode.NotAnObject, "")]
    [TestCase("{}", EventErrorCode.TypeMissing, "type")]
    [TestCase("""{"batch":{}}""", EventErrorCode.WrongKind, "batch")]
    [TestCase("""{"batch":null}""", EventErrorCode.WrongKind, "batch")]
    [TestCase("""{"events":[{"type":"track"}]}""", EventErrorCode.TypeMissing, "type")]
    public void ReadBatch_returns_one_error_when_the_body_is_not_a_batch(string body, EventErrorCode code, string field)
    {
        BatchElement element = RudderEvent.ReadBatch(body).Single();

        Assert.That((element.Index, element.Error?.Code, element.Error?.Field), Is.EqualTo((0, (EventErrorCode?)code, field)));
    }

    [TestCase("2024-03-01T10:00:00.000Z", ExpectedResult = "2024-03-01T10:00:00.0000000+00:00")]
    [TestCase("yesterday", ExpectedResult = null)]
    public string? ReadBatch_gives_an_event_the_sentAt_of_the_batch_when_it_has_none(string sentAt) =>
        RudderEvent.ReadBatch($$"""{"sentAt":"{{sentAt}}","batch":[{{Identify}}]}""").Single().Event!.SentAt?.ToString("O");

    [TestCase("\"sentAt\":null,", 10)]
    [TestCase("\"sentAt\":\"\",", 10)]
    [TestCase("\"sentAt\":\"2024-03-01T09:00:00Z\",", 9)]
    public void ReadBatch_keeps_the_sentAt_of_an_event(string member, int hour)
    {
        string body = $$"""{"batch":[{ {{member}}"type":"identify"}],"sentAt":"2024-03-01T10:00:00Z"}""";

        Assert.That(RudderEvent.ReadBatch(body).Single().Event!.SentAt!.Value.Hour, Is.EqualTo(hour));
    }

    [TestCase("12")]
    [TestCase("null")]
    [TestCase("{}")]
    public void ReadBatch_ignores_the_sentAt_of_a_batch_when_it_is_not_text(string sentAt)
    {
        string json = RudderEvent.ReadBatch($$"""{"batch":[{{Identify}}],"sentAt":{{sentAt}} }""").Single().Event!.ToJson();

        Assert.That(json, Does.Not.Contain("sentAt"));
    }

    [Test]
    public void Event_keeps_the_sentAt_of_its_batch_when_it_is_written_and_read_again()
    {
        RudderEvent read = RudderEvent.ReadBatch($$"""{"batch":[{{Identify}}],"sentAt":"2024-03-01T10:00:00Z"}""").Single().Event!;

        Assert.That(RudderEvent.Parse(read.ToJson()).SentAt, Is.EqualTo(new DateTimeOffset(2024, 3, 1, 10, 0, 0, TimeSpan.Zero)));
    }

    [Test]
    public void ReadBatch_returns_the_same_events_for_text_bytes_and_elements()
    {
        const string Body = $$"""{"batch":[{{Track}},{},{{Identify}}],"sentAt":"2024-03-01T10:00:00Z"}""";
        IReadOnlyList<BatchElement> fromElement;
        using (JsonDocument document = JsonDocument.Parse(Body))
        {
            fromElement = RudderEvent.ReadBatch(document.RootElement);
        }

        Assert.That(fromElement, Is.EqualTo(RudderEvent.ReadBatch(Body)));
        Assert.That(RudderEvent.ReadBatch(Encoding.UTF8.GetBytes(Body)), Is.EqualTo(RudderEvent.ReadBatch(Body)));
        Assert.That(RudderEvent.ReadBatch(default(JsonElement)).Single().Error!.Code, Is.EqualTo(EventErrorCode.NotJson));
    }

    [Test]
    public void ReadBatch_counts_nesting_from_the_event_and_not_from_the_batch()
    {
        const int Levels = RudderEvent.MaxDepth - 1;
        string deepest = string.Concat(Enumerable.Repeat("{\"a\":", Levels)) + "1" + new string('}', Levels);
        string fits = $$"""{"type":"identify","traits":{{deepest}} }""";
        string tooDeep = $$"""{"type":"identify","traits":{"a":{{deepest}} } }""";

        IReadOnlyList<BatchElement> elements = RudderEvent.ReadBatch($$"""{"batch":[{{fits}},{{tooDeep}}]}""");

        Assert.That(elements.Select(element => element.Error?.Code), Is.EqualTo(new EventErrorCode?[] { null, EventErrorCode.TooDeep }));
    }
}
