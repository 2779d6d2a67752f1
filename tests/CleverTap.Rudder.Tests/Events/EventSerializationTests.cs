using System.Text.Json;
using System.Text.Json.Nodes;

namespace CleverTap.Rudder.Tests.Events;

/// <summary>Tests events, bags and records with System.Text.Json.</summary>
public sealed class EventSerializationTests
{
    private const string Track = """{"type":"track","userId":"u","event":"E","properties":{"a":1}}""";

    [Test]
    public void Deserialize_reads_an_event_as_its_own_type()
    {
        TrackEvent read = JsonSerializer.Deserialize<TrackEvent>(Track)!;

        Assert.That((read.UserId, read.Event, read.Properties.ToJsonElement().GetProperty("a").GetInt32()), Is.EqualTo(("u", "E", 1)));
    }

    [Test]
    public void Deserialize_throws_when_the_event_has_another_type() =>
        Assert.That(
            () => JsonSerializer.Deserialize<IdentifyEvent>(Track),
            Throws.TypeOf<JsonException>().With.Message.EqualTo("The event is a TrackEvent, not a IdentifyEvent (type)")
        );

    [Test]
    public void Deserialize_error_names_the_field() =>
        Assert.That(
            () => JsonSerializer.Deserialize<RudderEvent>("""{"type":"track","traits":5}"""),
            Throws.TypeOf<JsonException>().With.Message.Contains("traits must be an object")
        );

    [Test]
    public void Serialize_writes_the_JSON_of_an_event_for_any_static_type()
    {
        RudderEvent read = RudderEvent.Parse(Track);

        Assert.That(JsonSerializer.Serialize(read), Is.EqualTo(Track));
        Assert.That(JsonSerializer.Serialize((TrackEvent)read), Is.EqualTo(Track));
        Assert.That(JsonSerializer.Serialize<object>(read), Is.EqualTo(Track));
    }

    [Test]
    public void Bag_is_serialized_as_a_JSON_object()
    {
        JsonBag bag = JsonSerializer.Deserialize<JsonBag>("""{"a":[1]}""");

        Assert.That(JsonSerializer.Serialize(bag), Is.EqualTo("""{"a":[1]}"""));
        Assert.That(JsonSerializer.Serialize(default(JsonBag)), Is.EqualTo("null"));
        Assert.That(() => JsonSerializer.Deserialize<JsonBag>("5"), Throws.TypeOf<JsonException>());
    }

    [Test]
    public void Record_is_serialized_as_its_JSON_and_cannot_be_deserialized()
    {
        CleverTapRecord record = CleverTapTransformer.Default.Transform(Track).Records[0];

        Assert.That(JsonSerializer.Serialize(record), Is.EqualTo(record.ToJson()));
        Assert.That(JsonSerializer.Serialize<object>(record), Is.EqualTo(record.ToJson()));
        Assert.That(() => JsonSerializer.Deserialize<CleverTapRecord>(record.ToJson()), Throws.TypeOf<NotSupportedException>());
    }

    [Test]
    public void Bag_accepts_a_dictionary_with_common_NET_types()
    {
        JsonBag bag = new Dictionary<string, object?>
        {
            ["text"] = "t",
            ["yes"] = true,
            ["int"] = 1,
            ["long"] = 2L,
            ["double"] = 1.5,
            ["decimal"] = 2.50m,
            ["float"] = 0.5f,
            ["byte"] = (byte)3,
            ["ulong"] = 4UL,
            ["nan"] = double.NaN,
            ["infinite"] = float.PositiveInfinity,
            ["half"] = (Half)1.5,
            ["no half"] = Half.NaN,
            ["none"] = null,
            ["char"] = 'c',
            ["time"] = new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.Zero),
            ["date"] = new DateTime(2024, 1, 2, 3, 4, 5, DateTimeKind.Utc),
            ["day"] = new DateOnly(2024, 1, 2),
            ["id"] = Guid.Empty,
            ["uri"] = new Uri("https://a.b/c"),
            ["choice"] = DayOfWeek.Monday,
            ["list"] = new[] { 1, 2 },
            ["map"] = new Dictionary<string, string> { ["k"] = "v" },
            ["nested"] = new Dictionary<string, object?> { ["n"] = 1 },
            ["node"] = new JsonArray(1),
            ["element"] = JsonSerializer.Deserialize<JsonElement>("[true]"),
        };

        Assert.That(
            bag.ToJsonElement().GetRawText(),
            Is.EqualTo(
                """
                {"text":"t","yes":true,"int":1,"long":2,"double":1.5,"decimal":2.50,"float":0.5,"byte":3,"ulong":4,
                "nan":1e999,"infinite":1e999,"half":1.5,"no half":1e999,"none":null,"char":"c","time":"\u0032024-01-02T03:04:05.0000000+00:00",
                "date":"\u0032024-01-02T03:04:05.0000000Z","day":"\u0032024-01-02","id":"00000000-0000-0000-0000-000000000000",
                "uri":"https://a.b/c","choice":"Monday","list":[1,2],"map":{"k":"v"},"nested":{"n":1},"node":[1],"element":[true]}
                """.Replace("\n", "", StringComparison.Ordinal)
            )
        );
    }

    [Test]
    public void Bag_error_names_the_member_and_type_but_not_the_value()
    {
        Assert.That(
            () => JsonBag.FromDictionary(new Dictionary<string, object?> { ["bad"] = new object() }),
            Throws.ArgumentException.With.Message.StartsWith("'bad' is a System.Object")
        );

        var loop = new Dictionary<string, object?>();
        loop["self"] = loop;
        Assert.That(() => JsonBag.FromDictionary(loop), Throws.ArgumentException);
    }
}
