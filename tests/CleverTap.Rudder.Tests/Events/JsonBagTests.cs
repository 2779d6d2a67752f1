using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CleverTap.Rudder.Tests.Events;

/// <summary>Tests reading the members of a bag and changing them by copy.</summary>
public sealed class JsonBagTests
{
    private const string Json =
        """{ "plan":"p\u0072o" , "n\u0061me" : "Ada", "age":36, "size":1.50, "big":12345678901234567890, "huge":1e999,"""
        + """ "on":true, "off":false, "none":null, "list":[1, 2], "address": {"city":"Kyoto"}, "age":37 }""";

    private static readonly JsonBag Bag = Parse(Json);

    [TestCase("plan", "pro")]
    [TestCase("name", "Ada")]
    [TestCase("age", null)]
    [TestCase("none", null)]
    [TestCase("Plan", null)]
    [TestCase("", null)]
    public void TryGetString_reads_text_by_its_exact_name(string name, string? expected) =>
        Assert.That((Bag.TryGetString(name, out string? value), value), Is.EqualTo((expected is not null, expected)));

    [TestCase("age", 37L)]
    [TestCase("size", null)]
    [TestCase("big", null)]
    [TestCase("plan", null)]
    [TestCase("on", null)]
    [TestCase("missing", null)]
    public void TryGetInt64_reads_an_integer_when_it_fits(string name, long? expected) =>
        Assert.That((Bag.TryGetInt64(name, out long value), value), Is.EqualTo((expected is not null, expected ?? 0)));

    [TestCase("age", 37.0)]
    [TestCase("size", 1.5)]
    [TestCase("big", 12345678901234567890.0)]
    [TestCase("huge", null)]
    [TestCase("plan", null)]
    [TestCase("missing", null)]
    public void TryGetDouble_reads_a_number_when_it_is_within_the_range(string name, double? expected) =>
        Assert.That((Bag.TryGetDouble(name, out double value), value), Is.EqualTo((expected is not null, expected ?? 0)));

    [TestCase("on", true)]
    [TestCase("off", false)]
    [TestCase("none", null)]
    [TestCase("age", null)]
    [TestCase("missing", null)]
    public void TryGetBoolean_reads_a_boolean(string name, bool? expected) =>
        Assert.That((Bag.TryGetBoolean(name, out bool value), value), Is.EqualTo((expected is not null, expected == true)));

    [Test]
    public void TryGetBag_reads_an_object()
    {
        Assert.That(Bag.TryGetBag("address", out JsonBag address), Is.True);
        Assert.That(address.TryGetString("city", out string? city) ? city : null, Is.EqualTo("Kyoto"));
        Assert.That(Bag.TryGetBag("list", out JsonBag list), Is.False);
        Assert.That(list.IsEmpty, Is.True);
    }

    [Test]
    public void Indexer_returns_an_element_of_any_kind()
    {
        Assert.That(Bag["list"].GetArrayLength(), Is.EqualTo(2));
        Assert.That(Bag["age"].GetInt32(), Is.EqualTo(37), "the last of two members counts");
        Assert.That(Bag["none"].ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(Bag["missing"].ValueKind, Is.EqualTo(JsonValueKind.Undefined));
        Assert.That(default(JsonBag)["missing"].ValueKind, Is.EqualTo(JsonValueKind.Undefined));
    }

    [Test]
    public void With_replaces_a_member_at_its_index_and_keeps_the_bytes_of_the_others() =>
        Assert.That(
            TextOf(Bag.With("age", 40)),
            Is.EqualTo(
                """{"plan":"p\u0072o","n\u0061me" : "Ada","age":40,"size":1.50,"big":12345678901234567890,"huge":1e999"""
                    + ""","on":true,"off":false,"none":null,"list":[1, 2],"address": {"city":"Kyoto"}}"""
            )
        );

    [Test]
    public void With_adds_a_new_member_at_the_end() =>
        Assert.That(TextOf(Parse("""{"a": 1}""").With("shop \"x\"", "de")), Is.EqualTo("""{"a": 1,"shop \"x\"":"de"}"""));

    [Test]
    public void With_finds_a_member_with_an_escaped_name() =>
        Assert.That(TextOf(Parse("""{"n\u0061me":1,"b":2}""").With("name", null)), Is.EqualTo("""{"name":null,"b":2}"""));

    [Test]
    public void With_adds_the_first_member_to_an_empty_bag()
    {
        Assert.That(TextOf(default(JsonBag).With("a", true)), Is.EqualTo("""{"a":true}"""));
        Assert.That(TextOf(Parse("{ }").With("a", 1L)), Is.EqualTo("""{"a":1}"""));
    }

    [Test]
    public void With_accepts_values_of_common_types()
    {
        JsonBag bag = default(JsonBag)
            .With("text", "é")
            .With("decimal", 1.10m)
            .With("double", 0.5)
            .With("nan", double.NaN)
            .With("id", Guid.Empty)
            .With("list", new[] { "a", "b" })
            .With("node", new JsonObject { ["x"] = 1 })
            .With("bag", Parse("""{ "y":2 }"""))
            .With("none", default(JsonBag))
            .With("element", Bag["list"])
            .With("unset", Bag["missing"]);

        Assert.That(
            TextOf(bag),
            Is.EqualTo(
                """{"text":"é","decimal":1.10,"double":0.5,"nan":1e999"""
                    + ""","id":"00000000-0000-0000-0000-000000000000","list":["a","b"],"node":{"x":1}"""
                    + ""","bag":{ "y":2 },"none":null,"element":[1,2],"unset":null}"""
            )
        );
    }

    [Test]
    public void With_sets_a_date_that_becomes_a_date_in_CleverTap()
    {
        var seen = new TrackEvent
        {
            UserId = "u1",
            Event = "Seen",
            Properties = default(JsonBag).With("when", DateTimeOffset.UnixEpoch.AddSeconds(5)),
        };

        Assert.That(CleverTapTransformer.Default.Transform(seen).Records.Single().ToJson(), Does.Contain("""{"when":"$D_5"}"""));
    }

    [Test]
    public void Without_removes_all_members_with_the_names() =>
        Assert.That(
            TextOf(Bag.Without("age", "name", "huge", "list", "missing", "on", "none")),
            Is.EqualTo("""{"plan":"p\u0072o","size":1.50,"big":12345678901234567890,"off":false,"address": {"city":"Kyoto"}}""")
        );

    [Test]
    public void Without_returns_an_empty_object_when_no_members_are_left()
    {
        Assert.That(TextOf(Parse("""{"a":1}""").Without("a")), Is.EqualTo("{}"));
        Assert.That(default(JsonBag).Without("a").IsEmpty, Is.True);
    }

    [Test]
    public void With_throws_and_names_the_member_when_the_type_is_not_supported() =>
        Assert.That(
            () => Bag.With("clock", TimeProvider.System),
            Throws.ArgumentException.With.Message.Contains("'clock'").And.Message.Contains("SystemTimeProvider")
        );

    [Test]
    public void With_makes_the_event_invalid_when_the_value_is_nested_too_deep()
    {
        JsonBag bag = default;
        for (int level = 0; level < RudderEvent.MaxDepth; level++)
        {
            bag = default(JsonBag).With("a", bag);
        }

        var seen = new TrackEvent
        {
            UserId = "u1",
            Event = "Seen",
            Properties = bag,
        };
        Assert.That(CleverTapTransformer.Default.Transform(seen).Error!.Code, Is.EqualTo(EventErrorCode.TooDeep));
    }

    [Test]
    public void With_and_Without_do_not_change_the_original_bag()
    {
        _ = Bag.With("age", 1).Without("plan");

        Assert.That(TextOf(Bag), Is.EqualTo(Json));
    }

    private static JsonBag Parse(string json) => ((TrackEvent)RudderEvent.Parse($$"""{"type":"track","properties":{{json}}}""")).Properties;

    private static string TextOf(JsonBag bag) => Encoding.UTF8.GetString(bag.Utf8Json.Span);
}
