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
    public void Sixty_four_levels_are_fine_and_sixty_five_are_too_deep(string member, int levelsAround)
    {
        Assert.That(CodeOf(member, RudderEvent.MaxDepth - levelsAround), Is.Null);
        Assert.That(CodeOf(member, RudderEvent.MaxDepth - levelsAround + 1), Is.EqualTo(EventErrorCode.TooDeep));
        Assert.That(CodeOf(member, 10_000), Is.EqualTo(EventErrorCode.TooDeep));
    }

    [Test]
    public void The_limit_is_sixty_four() => Assert.That(RudderEvent.MaxDepth, Is.EqualTo(64));

    [Test]
    public void The_deepest_event_is_mapped_whole()
    {
        string deep = new string('[', 62) + new string(']', 62);
        TransformResult result = CleverTapTransformer.Default.Transform(
            $$$"""{"type":"track","userId":"u1","event":"Seen","properties":{"deep":{{{deep}}}}}"""
        );
        var record = (EventRecord)result.Records.Single();
        Assert.That(record.EventData.GetProperty("deep").GetString(), Is.EqualTo(deep));
    }

    [Test]
    public void An_event_built_in_code_keeps_the_same_limit()
    {
        Assert.That(CleverTapTransformer.Default.Transform(Built(63)).Status, Is.EqualTo(TransformStatus.Mapped));
        Assert.That(CleverTapTransformer.Default.Transform(Built(64)).Error?.Code, Is.EqualTo(EventErrorCode.TooDeep));
        Assert.That(CleverTapTransformer.Default.Transform(Built(900)).Error?.Code, Is.EqualTo(EventErrorCode.TooDeep));
    }

    [Test]
    public void An_event_of_exactly_one_mebibyte_is_taken()
    {
        Assert.That(MappingOptions.DefaultMaxEventBytes, Is.EqualTo(1_048_576));
        Assert.That(CleverTapTransformer.Default.Transform(OfSize(1_048_576)).Status, Is.EqualTo(TransformStatus.Mapped));
        Assert.That(CleverTapTransformer.Default.Transform(OfSize(1_048_577)).Error?.Code, Is.EqualTo(EventErrorCode.TooLarge));
    }

    [Test]
    public void The_limit_counts_bytes_and_not_characters()
    {
        var transformer = new CleverTapTransformer(MappingOptions.Default with { MaxEventBytes = 40 });
        Assert.That(transformer.Transform("""{"type":"identify","userId":"uuuuuuuuu"}""").Status, Is.EqualTo(TransformStatus.Mapped));
        Assert.That(transformer.Transform("""{"type":"identify","userId":"ééééééééé"}""").Error?.Code, Is.EqualTo(EventErrorCode.TooLarge));
    }

    [Test]
    public void An_event_built_in_code_is_measured_too()
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
    public void A_limit_of_nothing_is_a_programmer_error(int bytes) =>
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

    /// <summary>An event whose properties, themselves the first of these levels, are nested that deep.</summary>
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
