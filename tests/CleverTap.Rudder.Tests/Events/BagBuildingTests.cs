using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace CleverTap.Rudder.Tests.Events;

/// <summary>Tests bags that are built in code.</summary>
[TestFixture]
public sealed class BagBuildingTests
{
    private static readonly JsonTypeInfo<Half> HalfInfo = (JsonTypeInfo<Half>)JsonSerializerOptions.Default.GetTypeInfo(typeof(Half));

    private static readonly object[] NotFinite =
    [
        double.NaN,
        double.PositiveInfinity,
        double.NegativeInfinity,
        float.NaN,
        float.NegativeInfinity,
        Half.NaN,
        Half.PositiveInfinity,
    ];

    [Test]
    public void Bag_converts_NaN_and_infinities_to_a_number_that_no_double_can_hold()
    {
        JsonBag bag = new JsonObject
        {
            ["nan"] = double.NaN,
            ["list"] = new JsonArray(1.5, float.PositiveInfinity, null, "NaN"),
            ["deep"] = new JsonObject
            {
                ["x"] = double.NegativeInfinity,
                ["h"] = JsonValue.Create(Half.NaN, HalfInfo),
                ["n"] = 2,
            },
        };

        Assert.That(
            new TrackEvent { Event = "e", Properties = bag }.ToJson(),
            Does.Contain("""{"nan":1e999,"list":[1.5,1e999,null,"NaN"],"deep":{"x":1e999,"h":1e999,"n":2}}""")
        );
    }

    [TestCaseSource(nameof(NotFinite))]
    public void Transform_omits_NaN_and_infinities_with_a_warning(object value)
    {
        JsonBag bag = new Dictionary<string, object?> { ["a"] = 1, ["n"] = value };
        RudderEvent track = CreateTrack(bag);
        RudderEvent stored = RudderEvent.Parse(track.ToJson());
        var identify = new IdentifyEvent { UserId = "u1", Traits = bag };

        Assert.That(Transform(track), Is.EqualTo(("""{"a":1}""", "NumberOutOfRange n")));
        Assert.That(Transform(stored), Is.EqualTo(("""{"a":1}""", "NumberOutOfRange n")));
        Assert.That(Transform(identify), Is.EqualTo(("""{"a":1}""", "NumberOutOfRange n")));
    }

    [TestCaseSource(nameof(NotFinite))]
    public void Transform_sends_null_for_NaN_and_infinities_with_the_RudderTransformer_preset(object value)
    {
        JsonBag bag = new Dictionary<string, object?> { ["n"] = value, ["list"] = new[] { value } };

        Assert.That(Transform(CreateTrack(bag), MappingOptions.RudderTransformer), Is.EqualTo(("""{"n":null,"list":"[null]"}""", "")));
    }

    [Test]
    public void Bag_accepts_only_an_object_null_or_undefined()
    {
        using JsonDocument document = JsonDocument.Parse("[[1], \"x\", null, {}]");
        JsonElement root = document.RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(() => JsonBag.FromJsonElement(root[0]), Throws.ArgumentException);
            Assert.That(() => JsonBag.FromJsonElement(root[1]), Throws.ArgumentException);
            Assert.That(JsonBag.FromJsonElement(root[2]).IsEmpty, Is.True);
            Assert.That(JsonBag.FromJsonElement(default).IsEmpty, Is.True);
            Assert.That(JsonBag.FromJsonElement(root[3]).IsEmpty, Is.False);
            Assert.That(JsonBag.FromJsonObject(null).IsEmpty, Is.True);
            Assert.That(default(JsonBag).ToJsonElement().ValueKind, Is.EqualTo(JsonValueKind.Undefined));
            Assert.That(default(JsonBag).Utf8Json.IsEmpty, Is.True);
        });
    }

    [Test]
    public void Bag_with_comments_and_trailing_commas_is_not_too_deep()
    {
        var lenient = new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
        using JsonDocument document = JsonDocument.Parse("""{"a":[1,2,],/* why */"b":2}""", lenient);
        TransformResult result = CleverTapTransformer.Default.Transform(
            new TrackEvent
            {
                UserId = "u1",
                Event = "Seen",
                Properties = document.RootElement,
            }
        );
        Assert.That(result.Error?.Code, Is.Null.Or.EqualTo(EventErrorCode.NotJson));
        foreach (CleverTapRecord record in result.Records)
        {
            Assert.That(() => CanonicalJson.Of(record.Utf8Json.Span), Throws.Nothing);
        }
    }

    [Test]
    public void Transform_writes_valid_JSON_when_texts_have_lone_surrogates()
    {
        var track = new TrackEvent
        {
            UserId = "\uD83D",
            Event = "\uDE00",
            Properties = new JsonObject { ["\uD83D"] = "\uDE00" },
        };
        CleverTapRecord record = CleverTapTransformer.Default.Transform(track).Records.Single();
        Assert.That(() => CanonicalJson.Of(record.Utf8Json.Span), Throws.Nothing);
    }

    [Test]
    public void Bags_are_equal_when_their_JSON_is_equal()
    {
        JsonBag one = new JsonObject { ["a"] = 1 };
        JsonBag same = new JsonObject { ["a"] = 1 };
        JsonBag other = new JsonObject { ["a"] = 2 };
        Assert.That(
            (one == same, one != other, one.Equals((object)same), one.GetHashCode() == same.GetHashCode()),
            Is.EqualTo((true, true, true, true))
        );
    }

    private static TrackEvent CreateTrack(JsonBag properties) =>
        new()
        {
            UserId = "u1",
            Event = "Seen",
            Properties = properties,
        };

    private static (string Data, string Warnings) Transform(RudderEvent rudderEvent, MappingOptions? options = null)
    {
        TransformResult result = new CleverTapTransformer(options).Transform(rudderEvent);
        JsonElement record = result.Records.Single().ToJsonElement();
        string data = record.TryGetProperty("evtData", out JsonElement events)
            ? events.GetRawText()
            : record.GetProperty("profileData").GetRawText();
        return (data, string.Join(",", result.Warnings.Select(warning => $"{warning.Code} {warning.Field}")));
    }
}
