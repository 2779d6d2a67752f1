using System.Text.Json;
using System.Text.Json.Nodes;
using CleverTap.Rudder.Tests.Mapping;

namespace CleverTap.Rudder.Tests.Events;

/// <summary>Tests bags that are built in code.</summary>
[TestFixture]
public sealed class BagBuildingTests
{
    [Test]
    public void Bag_converts_NaN_and_infinities_to_null()
    {
        JsonBag bag = new JsonObject
        {
            ["nan"] = double.NaN,
            ["list"] = new JsonArray(1.5, float.PositiveInfinity, null, "NaN"),
            ["deep"] = new JsonObject { ["x"] = double.NegativeInfinity, ["n"] = 2 },
        };

        Assert.That(
            new TrackEvent { Event = "e", Properties = bag }.ToJson(),
            Does.Contain("""{"nan":null,"list":[1.5,null,null,"NaN"],"deep":{"x":null,"n":2}}""")
        );
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
}
