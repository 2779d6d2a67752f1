using System.Text;
using System.Text.Json.Nodes;

namespace CleverTap.Rudder.Tests.Events;

[TestFixture]
public sealed class EventLimitTests
{
    [TestCase("\"properties\":{\"deep\":?}", 2)]
    [TestCase("\"context\":{\"deep\":?}", 2)]
    [TestCase("\"integrations\":{\"Other\":?}", 2)]
    [TestCase("\"unknown\":?", 1)]
    public void Depth_limit_accepts_64_levels_and_rejects_65(string member, int levelsAround)
    {
        Assert.That(CodeOf(member, RudderEvent.MaxDepth - levelsAround), Is.Null);
        Assert.That(CodeOf(member, RudderEvent.MaxDepth - levelsAround + 1), Is.EqualTo(EventErrorCode.TooDeep));
        Assert.That(CodeOf(member, 10_000), Is.EqualTo(EventErrorCode.TooDeep));
    }

    [Test]
    public void Depth_limit_is_64() => Assert.That(RudderEvent.MaxDepth, Is.EqualTo(64));

    [Test]
    public void Transform_maps_an_event_with_the_maximum_depth()
    {
        string deep = new string('[', 62) + new string(']', 62);
        TransformResult result = CleverTapTransformer.Default.Transform(
            $$$"""{"type":"track","userId":"u1","event":"Seen","properties":{"deep":{{{deep}}}}}"""
        );
        var record = (EventRecord)result.Records.Single();
        Assert.That(record.EventData.GetProperty("deep").GetString(), Is.EqualTo(deep));
    }

    [Test]
    public void Depth_limit_applies_to_events_built_in_code()
    {
        Assert.That(CleverTapTransformer.Default.Transform(Built(63)).Status, Is.EqualTo(TransformStatus.Mapped));
        Assert.That(CleverTapTransformer.Default.Transform(Built(64)).Error?.Code, Is.EqualTo(EventErrorCode.TooDeep));
        Assert.That(CleverTapTransformer.Default.Transform(Built(900)).Error?.Code, Is.EqualTo(EventErrorCode.TooDeep));
    }

    [Test]
    public void Size_limit_accepts_exactly_one_mebibyte()
    {
        Assert.That(MappingOptions.DefaultMaxEventBytes, Is.EqualTo(1_048_576));
        Assert.That(CleverTapTransformer.Default.Transform(OfSize(1_048_576)).Status, Is.EqualTo(TransformStatus.Mapped));
        Assert.That(CleverTapTransformer.Default.Transform(OfSize(1_048_577)).Error?.Code, Is.EqualTo(EventErrorCode.TooLarge));
    }

    [Test]
    public void Size_limit_counts_bytes_and_not_characters()
    {
        var transformer = new CleverTapTransformer(MappingOptions.Default with { MaxEventBytes = 40 });
        Assert.That(transformer.Transform("""{"type":"identify","userId":"uuuuuuuuu"}""").Status, Is.EqualTo(TransformStatus.Mapped));
        Assert.That(transformer.Transform("""{"type":"identify","userId":"ééééééééé"}""").Error?.Code, Is.EqualTo(EventErrorCode.TooLarge));
    }

    [Test]
    public void Size_limit_applies_to_events_built_in_code()
    {
        var transformer = new CleverTapTransformer(MappingOptions.Default with { MaxEventBytes = 1000 });
        var track = new TrackEvent
        {
            UserId = "u1",
            Event = "Seen",
            Properties = new JsonObject { ["text"] = new string('x', 2000) },
        };
        Assert.That(transformer.Transform(track).Error?.Code, Is.EqualTo(EventErrorCode.TooLarge));
    }

    [TestCase(0)]
    [TestCase(-1)]
    public void Size_limit_throws_when_it_is_not_positive(int bytes) =>
        Assert.That(() => MappingOptions.Default with { MaxEventBytes = bytes }, Throws.InstanceOf<ArgumentOutOfRangeException>());

    private static EventErrorCode? CodeOf(string member, int arrays)
    {
        string nested = new string('[', arrays) + new string(']', arrays);
        string text = $$"""{"type":"track","userId":"u1","event":"Seen",{{member.Replace("?", nested, StringComparison.Ordinal)}}}""";
        EventErrorCode? code = CleverTapTransformer.Default.Transform(text).Error?.Code;
        Assert.That(RudderEvent.TryRead(text, out _, out EventError? error), Is.EqualTo(code is null));
        Assert.That(error?.Code, Is.EqualTo(code));
        return code;
    }

    /// <summary>Creates an event whose properties are nested this deep; the properties themselves are the first level.</summary>
    private static TrackEvent Built(int levels)
    {
        JsonNode node = new JsonArray();
        for (int level = 2; level < levels; level++)
        {
            node = new JsonArray(node);
        }

        return new TrackEvent
        {
            UserId = "u1",
            Event = "Seen",
            Properties = new JsonObject { ["deep"] = node },
        };
    }

    private static byte[] OfSize(int bytes)
    {
        string text = """{"type":"identify","userId":"u1","traits":{"text":"?"}}""";
        return Encoding.UTF8.GetBytes(text.Replace("?", new string('x', bytes - text.Length + 1), StringComparison.Ordinal));
    }
}
