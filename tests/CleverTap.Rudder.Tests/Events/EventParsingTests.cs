using System.Text;
using System.Text.Json;

namespace CleverTap.Rudder.Tests.Events;

[TestFixture]
public sealed class EventParsingTests
{
    private const string Track = """
        {"type":"track","messageId":"m1","userId":"u1","anonymousId":"a1","channel":"server","event":"Seen",
         "originalTimestamp":"2024-03-01T10:00:00.250Z","timestamp":"2024-03-01T12:00:05+02:00",
         "sentAt":"2024-03-01T10:00:07.500Z","receivedAt":"2024-03-01T10:00:09Z",
         "properties":{"price":1.50},"context":{"ip":"1.2.3.4"},"integrations":{"All":true}}
        """;

    [Test]
    public void Parse_reads_all_members_of_a_track_event()
    {
        var track = (TrackEvent)RudderEvent.Parse(Track);
        Assert.Multiple(() =>
        {
            Assert.That(track.MessageId, Is.EqualTo("m1"));
            Assert.That(track.UserId, Is.EqualTo("u1"));
            Assert.That(track.AnonymousId, Is.EqualTo("a1"));
            Assert.That(track.Channel, Is.EqualTo("server"));
            Assert.That(track.Event, Is.EqualTo("Seen"));
            Assert.That(track.OriginalTimestamp, Is.EqualTo(new DateTimeOffset(2024, 3, 1, 10, 0, 0, 250, TimeSpan.Zero)));
            Assert.That(track.Timestamp, Is.EqualTo(new DateTimeOffset(2024, 3, 1, 10, 0, 5, TimeSpan.Zero)));
            Assert.That(track.SentAt, Is.EqualTo(new DateTimeOffset(2024, 3, 1, 10, 0, 7, 500, TimeSpan.Zero)));
            Assert.That(track.ReceivedAt, Is.EqualTo(new DateTimeOffset(2024, 3, 1, 10, 0, 9, TimeSpan.Zero)));
            Assert.That(track.Properties.ToJsonElement().GetProperty("price").GetDecimal(), Is.EqualTo(1.5m));
            Assert.That(track.Context.ToJsonElement().GetProperty("ip").GetString(), Is.EqualTo("1.2.3.4"));
            Assert.That(track.Integrations.ToJsonElement().GetProperty("All").GetBoolean(), Is.True);
        });
    }

    [Test]
    public void Parse_returns_the_same_event_for_text_bytes_and_elements()
    {
        using JsonDocument document = JsonDocument.Parse(Track);
        RudderEvent fromText = RudderEvent.Parse(Track);
        Assert.That(RudderEvent.Parse(Encoding.UTF8.GetBytes(Track)), Is.EqualTo(fromText));
        Assert.That(RudderEvent.Parse(document.RootElement), Is.EqualTo(fromText));
    }

    [Test]
    public void Parsed_event_is_valid_after_its_document_is_disposed()
    {
        RudderEvent parsed;
        using (JsonDocument document = JsonDocument.Parse(Track))
        {
            parsed = RudderEvent.Parse(document.RootElement);
        }

        Assert.That(parsed, Is.EqualTo(RudderEvent.Parse(Track)));
    }

    [Test]
    public void Parse_reads_an_element_of_a_larger_document()
    {
        using JsonDocument document = JsonDocument.Parse(
            """{"batch":[{"type":"identify","userId":"u1"},{"type":"alias","userId":"u2","previousId":"p"}]}"""
        );
        JsonElement batch = document.RootElement.GetProperty("batch");
        Assert.That(RudderEvent.Parse(batch[0]), Is.InstanceOf<IdentifyEvent>());
        Assert.That(((AliasEvent)RudderEvent.Parse(batch[1])).PreviousId, Is.EqualTo("p"));
    }

    [TestCase("identify", typeof(IdentifyEvent))]
    [TestCase("track", typeof(TrackEvent))]
    [TestCase("page", typeof(PageEvent))]
    [TestCase("screen", typeof(ScreenEvent))]
    [TestCase("alias", typeof(AliasEvent))]
    [TestCase("Identify", typeof(IdentifyEvent))]
    [TestCase("TRACK", typeof(TrackEvent))]
    [TestCase("sCrEeN", typeof(ScreenEvent))]
    [TestCase("\\u0070age", typeof(PageEvent))]
    public void Parse_returns_the_class_of_the_type(string type, Type expected) =>
        Assert.That(RudderEvent.Parse($$"""{"type":"{{type}}","userId":"u1"}"""), Is.TypeOf(expected));

    [Test]
    public void Parse_reads_the_members_of_identify_page_screen_and_alias_events()
    {
        var identify = (IdentifyEvent)RudderEvent.Parse("""{"type":"identify","traits":{"plan":"pro"}}""");
        var page = (PageEvent)RudderEvent.Parse("""{"type":"page","name":"Home","category":"Docs","properties":{"path":"/"}}""");
        var screen = (ScreenEvent)RudderEvent.Parse("""{"type":"screen","name":"Main","properties":{"a":1}}""");
        var alias = (AliasEvent)RudderEvent.Parse("""{"type":"alias","userId":"new","previousId":"old"}""");
        Assert.Multiple(() =>
        {
            Assert.That(identify.Traits.ToJsonElement().GetProperty("plan").GetString(), Is.EqualTo("pro"));
            Assert.That((page.Name, page.Category), Is.EqualTo(("Home", "Docs")));
            Assert.That(page.Properties.IsEmpty, Is.False);
            Assert.That(screen.Name, Is.EqualTo("Main"));
            Assert.That((alias.UserId, alias.PreviousId), Is.EqualTo(("new", "old")));
        });
    }

    [Test]
    public void Members_are_null_or_empty_when_they_are_missing()
    {
        var track = (TrackEvent)RudderEvent.Parse("""{"type":"track","userId":null,"properties":null}""");
        Assert.Multiple(() =>
        {
            Assert.That(new[] { track.UserId, track.AnonymousId, track.MessageId, track.Channel, track.Event }, Is.All.Null);
            Assert.That((track.OriginalTimestamp, track.Timestamp), Is.EqualTo(((DateTimeOffset?)null, (DateTimeOffset?)null)));
            Assert.That((track.Properties.IsEmpty, track.Context.IsEmpty, track.Integrations.IsEmpty), Is.EqualTo((true, true, true)));
        });
    }

    [Test]
    public void Parse_ignores_the_order_of_members()
    {
        const string Forward = """{"type":"track","userId":"u1","event":"Seen","properties":{"a":1},"context":{"traits":{"id":"x"}}}""";
        const string Backward = """{"context":{"traits":{"id":"x"}},"properties":{"a":1},"event":"Seen","userId":"u1","type":"track"}""";
        Assert.That(RudderEvent.Parse(Backward), Is.EqualTo(RudderEvent.Parse(Forward)));
    }

    [Test]
    public void Parse_decodes_escaped_member_names()
    {
        var track = (TrackEvent)
            RudderEvent.Parse("""{"\u0074\u0079\u0070\u0065":"track","us\u0065rId":"u1","e\u0076ent":"Seen","propertie\u0073":{"a":1}}""");
        Assert.That((track.UserId, track.Event, track.Properties.IsEmpty), Is.EqualTo(("u1", "Seen", false)));
    }

    [Test]
    public void Parse_compares_member_names_exactly()
    {
        RudderEvent parsed = RudderEvent.Parse(
            """{"type":"identify","UserId":"no","userid":"no","user_id":"no","userId ":"no","userId\u0000":"no"}"""
        );
        Assert.That(parsed.UserId, Is.Null);
    }

    [Test]
    public void Parse_uses_the_last_of_duplicate_members()
    {
        var track = (TrackEvent)
            RudderEvent.Parse(
                """
                {"type":"page","userId":"u1","event":"A","properties":{"a":1},
                 "properties":{"b":2},"event":"B","user\u0049d":"u2","type":"track"}
                """
            );
        Assert.That((track.UserId, track.Event), Is.EqualTo(("u2", "B")));
        Assert.That(track.Properties.ToJsonElement().GetRawText(), Is.EqualTo("""{"b":2}"""));
    }

    [Test]
    public void TryRead_validates_only_the_last_of_duplicate_members()
    {
        Assert.That(RudderEvent.TryRead("""{"type":"track","properties":[],"properties":{}}""", out _, out _), Is.True);
        Assert.That(RudderEvent.TryRead("""{"type":"track","properties":{},"properties":[]}""", out _, out _), Is.False);
        Assert.That(RudderEvent.TryRead("""{"type":"track","type":"nonsense"}""", out _, out _), Is.False);
    }

    [TestCase("42", "42")]
    [TestCase("-7", "-7")]
    [TestCase("12345678901234567891", "12345678901234567891")]
    [TestCase("\"\\u0075\\ud83d\\ude00\"", "u😀")]
    [TestCase("\" u1 \"", " u1 ")]
    public void Parse_converts_ids_to_text(string json, string expected)
    {
        var alias = (AliasEvent)RudderEvent.Parse($$"""{"type":"alias","userId":{{json}},"anonymousId":{{json}},"previousId":{{json}}}""");
        Assert.That((alias.UserId, alias.AnonymousId, alias.PreviousId), Is.EqualTo((expected, expected, expected)));
    }

    [TestCase("yesterday")]
    [TestCase("2024-13-01")]
    [TestCase("")]
    public void Timestamps_are_null_when_they_are_not_ISO_dates(string time)
    {
        RudderEvent parsed = RudderEvent.Parse($$"""{"type":"identify","originalTimestamp":"{{time}}","timestamp":"{{time}}"}""");
        Assert.That((parsed.OriginalTimestamp, parsed.Timestamp), Is.EqualTo(((DateTimeOffset?)null, (DateTimeOffset?)null)));
    }

    [Test]
    public void Parse_ignores_a_byte_order_mark()
    {
        byte[] utf8 = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Track)];
        Assert.That(RudderEvent.Parse(utf8), Is.EqualTo(RudderEvent.Parse(Track)));
        Assert.That(RudderEvent.Parse("\uFEFF" + Track), Is.EqualTo(RudderEvent.Parse(Track)));
        Assert.That(CleverTapTransformer.Default.Transform(utf8).Status, Is.EqualTo(TransformStatus.Mapped));
    }

    [Test]
    public void Parse_ignores_white_space_around_the_event() =>
        Assert.That(RudderEvent.Parse($" \r\n\t{Track}\n "), Is.EqualTo(RudderEvent.Parse(Track)));

    [Test]
    public void Parse_and_Transform_throw_when_an_argument_is_null()
    {
        Assert.That(() => RudderEvent.Parse((string)null!), Throws.ArgumentNullException);
        Assert.That(() => RudderEvent.TryRead((string)null!, out _, out _), Throws.ArgumentNullException);
        Assert.That(() => CleverTapTransformer.Default.Transform((string)null!), Throws.ArgumentNullException);
        Assert.That(() => CleverTapTransformer.Default.Transform((RudderEvent)null!), Throws.ArgumentNullException);
    }
}
