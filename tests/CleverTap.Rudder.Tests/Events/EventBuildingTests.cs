using System.Text.Json;
using System.Text.Json.Nodes;

namespace CleverTap.Rudder.Tests.Events;

/// <summary>Tests events that are built in code.</summary>
[TestFixture]
public sealed class EventBuildingTests
{
    private static readonly object[][] BuiltAndParsed =
    [
        [
            new IdentifyEvent
            {
                UserId = "u1",
                Traits = new JsonObject { ["email"] = "jane@example.com", ["loginCount"] = 3 },
            },
            """{"type":"identify","userId":"u1","traits":{"email":"jane@example.com","loginCount":3}}""",
        ],
        [
            new TrackEvent
            {
                UserId = "u1",
                Event = "Seen",
                Properties = new JsonObject { ["tags"] = new JsonArray("a", null, true) },
            },
            """{"type":"track","userId":"u1","event":"Seen","properties":{"tags":["a",null,true]}}""",
        ],
        [
            new PageEvent
            {
                AnonymousId = "a1",
                Name = "Home",
                Category = "Docs",
                Properties = new JsonObject { ["path"] = "/" },
            },
            """{"type":"page","anonymousId":"a1","name":"Home","category":"Docs","properties":{"path":"/"}}""",
        ],
        [
            new ScreenEvent
            {
                UserId = "u1",
                Name = "Main",
                Context = new JsonObject { ["traits"] = new JsonObject { ["id"] = "x" } },
            },
            """{"type":"screen","userId":"u1","name":"Main","context":{"traits":{"id":"x"}}}""",
        ],
        [
            new AliasEvent
            {
                UserId = "new",
                PreviousId = "old",
                MessageId = "m1",
                Channel = "server",
            },
            """{"type":"alias","userId":"new","previousId":"old","messageId":"m1","channel":"server"}""",
        ],
        [
            new TrackEvent
            {
                UserId = "u1",
                Event = "Seen",
                OriginalTimestamp = new DateTimeOffset(2024, 3, 1, 12, 0, 0, TimeSpan.FromHours(2)),
            },
            """{"type":"track","userId":"u1","event":"Seen","originalTimestamp":"2024-03-01T10:00:00.000Z"}""",
        ],
        [
            new TrackEvent
            {
                UserId = "u1",
                Event = "Seen",
                OriginalTimestamp = new DateTimeOffset(2024, 3, 1, 10, 0, 0, TimeSpan.Zero),
                SentAt = new DateTimeOffset(2024, 3, 1, 12, 0, 1, TimeSpan.FromHours(2)),
                ReceivedAt = new DateTimeOffset(2024, 3, 1, 10, 0, 2, TimeSpan.Zero),
            },
            """
                {"type":"track","userId":"u1","event":"Seen","originalTimestamp":"2024-03-01T10:00:00.000Z",
                 "sentAt":"2024-03-01T10:00:01.000Z","receivedAt":"2024-03-01T10:00:02.000Z"}
                """,
        ],
        [
            new TrackEvent
            {
                UserId = "u1",
                Event = "Seen",
                Integrations = new JsonObject { ["All"] = false },
            },
            """{"type":"track","userId":"u1","event":"Seen","integrations":{"All":false}}""",
        ],
        [
            new TrackEvent
            {
                UserId = "😀 \"\\\n\u2028",
                Event = "<é>",
                Properties = new JsonObject { ["ü\"\n"] = "😀 \"\\\n\u2028<é>" },
            },
            """{"type":"track","userId":"😀 \"\\\n\u2028","event":"<é>","properties":{"ü\"\n":"😀 \"\\\n\u2028<é>"}}""",
        ],
    ];

    [TestCaseSource(nameof(BuiltAndParsed))]
    public void Event_built_in_code_is_mapped_like_the_same_event_in_JSON(RudderEvent built, string json)
    {
        foreach (
            MappingOptions options in new[] { MappingOptions.Default, MappingOptions.RudderTransformer with { TrackAnonymous = true } }
        )
        {
            var transformer = new CleverTapTransformer(options);
            TransformResult expected = transformer.Transform(json);
            TransformResult actual = transformer.Transform(built);
            Assert.That(actual.Status, Is.EqualTo(expected.Status));
            Assert.That(Canonical(actual), Is.EqualTo(Canonical(expected)));
        }
    }

    [Test]
    public void Event_built_from_an_element_keeps_exact_numbers()
    {
        TrackEvent track;
        using (JsonDocument document = JsonDocument.Parse("""{"big":12345678901234567891}"""))
        {
            track = new TrackEvent
            {
                UserId = "u1",
                Event = "Seen",
                Properties = document.RootElement,
            };
        }

        Assert.That(CleverTapTransformer.Default.Transform(track).Records.Single().ToJson(), Does.Contain("12345678901234567891"));
    }

    [Test]
    public void Event_does_not_change_when_the_source_object_changes()
    {
        var traits = new JsonObject { ["plan"] = "pro" };
        var identify = new IdentifyEvent { UserId = "u1", Traits = traits };
        traits["plan"] = "free";
        Assert.That(identify.Traits.ToJsonElement().GetProperty("plan").GetString(), Is.EqualTo("pro"));
    }

    [Test]
    public void With_expression_changes_a_copy_and_not_the_original()
    {
        var original = new TrackEvent
        {
            UserId = "u1",
            Event = "Seen",
            Properties = new JsonObject { ["a"] = 1 },
        };
        TrackEvent copy = original with
        {
            UserId = "u2",
            Properties = new JsonObject { ["b"] = 2 },
        };
        Assert.Multiple(() =>
        {
            Assert.That((original.UserId, copy.UserId, copy.Event), Is.EqualTo(("u1", "u2", "Seen")));
            Assert.That(original.Properties.ToJsonElement().GetRawText(), Is.EqualTo("""{"a":1}"""));
            Assert.That(copy.Properties.ToJsonElement().GetRawText(), Is.EqualTo("""{"b":2}"""));
        });
    }

    [Test]
    public void With_expression_changes_a_copy_of_a_parsed_event()
    {
        var parsed = (PageEvent)RudderEvent.Parse("""{"type":"page","event":"E","name":"N","userId":7,"properties":{"a":1}}""");
        PageEvent copy = parsed with
        {
            UserId = "u1",
            Context = new JsonObject { ["ip"] = "::1" },
        };
        Assert.That((parsed.UserId, copy.UserId, copy.Name, copy.Context.IsEmpty), Is.EqualTo(("7", "u1", "N", false)));
        Assert.That(
            ((EventRecord)CleverTapTransformer.Default.Transform(copy).Records.Single()).EventName,
            Is.EqualTo("Web Page Viewed: E")
        );
    }

    [Test]
    public void With_expression_removes_ids_and_bags()
    {
        var parsed = (TrackEvent)
            RudderEvent.Parse(
                """{"type":"track","event":"Seen","userId":"u1","anonymousId":"a1","timestamp":"2024-03-01","properties":{"a":1}}"""
            );
        TrackEvent bare = parsed with { UserId = null, Properties = default, Timestamp = null };
        Assert.That((bare.UserId, bare.Properties.IsEmpty, bare.Timestamp), Is.EqualTo(((string?)null, true, (DateTimeOffset?)null)));
        Assert.That(CleverTapTransformer.Default.Transform(bare).Records.Single().Identity, Is.EqualTo("a1"));
    }

    [Test]
    public void Events_are_equal_when_their_values_are_equal()
    {
        static TrackEvent Make(string user) =>
            new()
            {
                UserId = user,
                Event = "Seen",
                Properties = new JsonObject { ["a"] = 1 },
            };
        TrackEvent one = Make("u1");
        Assert.Multiple(() =>
        {
            Assert.That(Make("u1"), Is.EqualTo(one));
            Assert.That(Make("u1").GetHashCode(), Is.EqualTo(one.GetHashCode()));
            Assert.That(Make("u2"), Is.Not.EqualTo(one));
            Assert.That(one with { Properties = default }, Is.Not.EqualTo(one));
            Assert.That(one with { UserId = "u2" }, Is.EqualTo(Make("u2")));
            Assert.That(
                (RudderEvent)new PageEvent { UserId = "u1", Name = "N" },
                Is.Not.EqualTo((RudderEvent)new ScreenEvent { UserId = "u1", Name = "N" })
            );
            Assert.That(RudderEvent.Parse("""{"type":"track","userId":"u1","event":"Seen","properties":{"a":1}}"""), Is.EqualTo(one));
        });
    }

    [Test]
    public void Event_ToString_contains_no_personal_data()
    {
        var identify = new IdentifyEvent
        {
            MessageId = "m1",
            UserId = "jane.doe",
            AnonymousId = "jane.anon",
            Traits = new JsonObject { ["email"] = "jane@example.com" },
            Context = new JsonObject { ["ip"] = "jane.ip" },
        };
        Assert.That(identify.ToString(), Does.Contain("identify").IgnoreCase.And.Contain("m1"));
        Assert.That($"{identify} {identify.Traits} {identify.Context}", Does.Not.Contain("jane"));
    }

    private static IEnumerable<string> Canonical(TransformResult result) =>
        result.Records.Select(record => CanonicalJson.Of(record.ToJson()));
}
