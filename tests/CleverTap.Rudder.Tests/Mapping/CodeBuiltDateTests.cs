using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DateNode = System.Text.Json.Nodes.JsonValue;

namespace CleverTap.Rudder.Tests.Mapping;

/// <summary>Checks .NET dates of events built in code, directly and after a queue has stored the event as JSON.</summary>
[TestFixture]
public sealed partial class CodeBuiltDateTests
{
    private const string TenOClock = "$D_1709287200";
    private static readonly DateTime Utc = new(2024, 3, 1, 10, 0, 0, DateTimeKind.Utc);

    private static readonly (string Name, object Date, JsonNode Node, string Expected)[] Dates =
    [
        ("DateTime in UTC", Utc, DateNode.Create(Utc), TenOClock),
        ("DateTime of unspecified kind", Unspecified(Utc), DateNode.Create(Unspecified(Utc)), TenOClock),
        ("local DateTime", Utc.ToLocalTime(), DateNode.Create(Utc.ToLocalTime()), TenOClock),
        ("DateTime with ticks", Utc.AddTicks(9_999_999), DateNode.Create(Utc.AddTicks(9_999_999)), TenOClock),
        ("DateTime before 1970", DateTime.UnixEpoch.AddSeconds(-1), DateNode.Create(DateTime.UnixEpoch.AddSeconds(-1)), "$D_-1"),
        ("first DateTime", DateTime.MinValue, DateNode.Create(DateTime.MinValue), "$D_-62135596800"),
        ("DateTimeOffset in UTC", new DateTimeOffset(Utc), DateNode.Create(new DateTimeOffset(Utc)), TenOClock),
        ("DateTimeOffset in India", InIndia(Utc), DateNode.Create(InIndia(Utc)), TenOClock),
        ("last DateTimeOffset", DateTimeOffset.MaxValue, DateNode.Create(DateTimeOffset.MaxValue), "$D_253402300799"),
        ("DateOnly", new DateOnly(2024, 3, 1), DateNode.Create(new DateOnly(2024, 3, 1))!, "$D_1709251200"),
    ];

    private static readonly (string Name, Func<RudderEvent, RudderEvent> Keep)[] Ways =
    [
        ("built", rudderEvent => rudderEvent),
        ("parsed from its JSON", rudderEvent => RudderEvent.Parse(rudderEvent.ToJson())),
        ("serialised and read", rudderEvent => JsonSerializer.Deserialize<RudderEvent>(JsonSerializer.SerializeToUtf8Bytes(rudderEvent))!),
    ];

    private static IEnumerable<TestCaseData> Cases()
    {
        foreach ((string dateName, object date, JsonNode node, string expected) in Dates)
        {
            foreach ((string wayName, Func<RudderEvent, RudderEvent> keep) in Ways)
            {
                JsonBag dictionary = new Dictionary<string, object?> { ["when"] = date };
                JsonBag json = new JsonObject { ["when"] = node.DeepClone() };
                yield return new TestCaseData(dictionary, keep, expected).SetArgDisplayNames(dateName, "dictionary", wayName);
                yield return new TestCaseData(json, keep, expected).SetArgDisplayNames(dateName, "JsonObject", wayName);
            }
        }
    }

    [TestCaseSource(nameof(Cases))]
    public void ConvertDates_converts_a_date_in_traits(JsonBag bag, Func<RudderEvent, RudderEvent> keep, string expected) =>
        Expect(Profile(keep(Identify(bag))), $$"""{"when":"{{expected}}"}""");

    [TestCaseSource(nameof(Cases))]
    public void ConvertDates_converts_a_date_in_context_traits(JsonBag bag, Func<RudderEvent, RudderEvent> keep, string expected) =>
        Expect(Profile(keep(new IdentifyEvent { UserId = "u1", Context = Nest("traits", bag) })), $$"""{"when":"{{expected}}"}""");

    [TestCaseSource(nameof(Cases))]
    public void ConvertDates_converts_a_date_in_properties(JsonBag bag, Func<RudderEvent, RudderEvent> keep, string expected)
    {
        string data = $$"""{"when":"{{expected}}"}""";

        Expect(Data(keep(Track(bag))), data);
        Expect(
            Data(
                keep(
                    new PageEvent
                    {
                        UserId = "u1",
                        Name = "Home",
                        Properties = bag,
                    }
                )
            ),
            data
        );
        Expect(
            Data(
                keep(
                    new ScreenEvent
                    {
                        UserId = "u1",
                        Name = "Home",
                        Properties = bag,
                    }
                )
            ),
            data
        );
    }

    [TestCaseSource(nameof(Cases))]
    public void ConvertDates_converts_a_date_in_overrideFields(JsonBag bag, Func<RudderEvent, RudderEvent> keep, string expected) =>
        Expect(Profile(keep(Identify(Nest("overrideFields", bag)))), $$"""{"when":"{{expected}}"}""");

    [TestCaseSource(nameof(Cases))]
    public void ConvertDates_converts_a_date_in_a_flattened_object(JsonBag bag, Func<RudderEvent, RudderEvent> keep, string expected)
    {
        MappingOptions options = MappingOptions.Default with { NestedValues = NestedValues.Flatten };
        string data = $$"""{"order_when":"{{expected}}"}""";

        Expect(Data(keep(Track(Nest("order", bag))), options), data);
        Expect(Profile(keep(Identify(Nest("order", bag))), options), data);
    }

    [TestCaseSource(nameof(Cases))]
    public void ConvertDates_converts_a_date_in_an_object_that_remains_nested(
        JsonBag bag,
        Func<RudderEvent, RudderEvent> keep,
        string expected
    )
    {
        MappingOptions options = MappingOptions.Default with { NestedValues = NestedValues.Keep };
        string data = $$"""{"order":{"when":"{{expected}}"} }""";

        Expect(Data(keep(Track(Nest("order", bag))), options), data);
        Expect(Profile(keep(Identify(Nest("order", bag))), options), data);
    }

    [TestCaseSource(nameof(Cases))]
    public void ConvertDates_keeps_ISO_text_when_it_is_false(JsonBag bag, Func<RudderEvent, RudderEvent> keep, string expected)
    {
        foreach (MappingOptions options in new[] { MappingOptions.RudderTransformer, MappingOptions.Default with { ConvertDates = false } })
        {
            string text = Data(keep(Track(bag)), options).GetProperty("when").GetString()!;
            DateTimeOffset date = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

            Assert.That($"$D_{date.ToUnixTimeSeconds()}", Is.EqualTo(expected), text);
        }
    }

    [TestCaseSource(nameof(Cases))]
    public void ConvertDates_converts_with_the_RudderTransformer_preset_when_it_is_true(
        JsonBag bag,
        Func<RudderEvent, RudderEvent> keep,
        string expected
    )
    {
        MappingOptions options = MappingOptions.RudderTransformer with { ConvertDates = true };

        Expect(Data(keep(Track(bag)), options), $$"""{"when":"{{expected}}"}""");
    }

    [TestCaseSource(nameof(Cases))]
    public void ConvertDates_converts_a_date_in_an_item(JsonBag bag, Func<RudderEvent, RudderEvent> keep, string expected)
    {
        foreach (string name in new[] { "products", "items", "Items" })
        {
            JsonBag order = JsonBagOf($$"""{"revenue":5,"{{name}}":[{{Raw(bag)}},{{Raw(bag)}}],"paid":{{Raw(bag)[8..^1]}} }""");
            JsonElement data = Data(
                keep(
                    new TrackEvent
                    {
                        UserId = "u1",
                        Event = "Order Completed",
                        Properties = order,
                    }
                )
            );

            Expect(data.GetProperty("Items"), $$"""[{"when":"{{expected}}"},{"when":"{{expected}}"}]""");
            Assert.That(data.GetProperty("paid").GetString(), Is.EqualTo(expected));
        }
    }

    [Test]
    public void ConvertDates_converts_dates_in_a_list_of_items_that_is_built_in_code()
    {
        var track = new TrackEvent
        {
            UserId = "u1",
            Event = "Order Completed",
            Properties = new Dictionary<string, object?>
            {
                ["revenue"] = 5m,
                ["products"] = new List<Dictionary<string, object?>>
                {
                    new() { ["sku"] = "A", ["expiry"] = Utc },
                    new() { ["expiry"] = DateOnly.FromDateTime(Utc) },
                },
            },
        };

        Expect(Data(track).GetProperty("Items"), """[{"sku":"A","expiry":"$D_1709287200"},{"expiry":"$D_1709251200"}]""");
    }

    [Test]
    public void Birthday_is_converted_when_either_date_option_is_true()
    {
        IdentifyEvent identify = Identify(Bag(("birthday", new DateOnly(1990, 5, 17))));

        Expect(Profile(identify), """{"DOB":"$D_642902400"}""");
        Expect(Profile(identify, MappingOptions.RudderTransformer with { ConvertBirthday = true }), """{"DOB":"$D_642902400"}""");
        Expect(Profile(identify, MappingOptions.RudderTransformer with { ConvertDates = true }), """{"DOB":"$D_642902400"}""");
        Expect(Profile(identify, MappingOptions.RudderTransformer), """{"DOB":"1990-05-17"}""");
    }

    [Test]
    public void ConvertDates_does_not_convert_text_of_a_bag_built_in_code()
    {
        const string Text = "2024-03-01T10:00:00Z";
        TrackEvent track = Track(Bag(("when", Text), ("less", "<2024-03-01")));
        TransformResult result = CleverTapTransformer.Default.Transform(track);

        Expect(((EventRecord)result.Records.Single()).EventData, $$"""{"when":"{{Text}}","less":"<2024-03-01"}""");
        Assert.That(result.Warnings.Select(warning => $"{warning.Code} {warning.Field}"), Is.EqualTo(new[] { "DateIsText when" }));
    }

    [Test]
    public void ConvertDates_gives_no_warning()
    {
        JsonBag dates = Bag(("a", Utc), ("b", InIndia(Utc)), ("c", DateOnly.FromDateTime(Utc)));

        Assert.That(CleverTapTransformer.Default.Transform(Identify(dates)).Warnings, Is.Empty);
        Assert.That(CleverTapTransformer.Default.Transform(Track(dates)).Warnings, Is.Empty);
    }

    [Test]
    public void ConvertDates_keeps_member_names_of_an_object_that_remains_nested()
    {
        var inner = new Dictionary<string, object?> { ["a\"b\\c\u0001é"] = Utc, ["list"] = new object?[] { Utc, null, "x\"y" } };
        TrackEvent track = Track(Bag(("o", inner)));

        Expect(
            Data(track, MappingOptions.Default with { NestedValues = NestedValues.Keep }),
            """{"o":{"a\"b\\c\u0001é":"$D_1709287200","list":["$D_1709287200",null,"x\"y"]}}"""
        );
    }

    [Test]
    public void TransformForWeb_converts_DotNet_dates()
    {
        TrackEvent track = Track(Bag(("when", Utc)));

        Expect(CleverTapTransformer.Default.TransformForWeb(track).Calls.Single().Arguments[1], """{"when":"$D_1709287200"}""");
    }

    private static DateTime Unspecified(DateTime date) => DateTime.SpecifyKind(date, DateTimeKind.Unspecified);

    private static DateTimeOffset InIndia(DateTime date) => new DateTimeOffset(date).ToOffset(new TimeSpan(5, 30, 0));

    private static string Raw(JsonBag bag) => System.Text.Encoding.UTF8.GetString(bag.Utf8Json.Span);

    private static IdentifyEvent Identify(JsonBag traits) => new() { UserId = "u1", Traits = traits };

    private static TrackEvent Track(JsonBag properties) =>
        new()
        {
            UserId = "u1",
            Event = "Seen",
            Properties = properties,
        };

    private static JsonBag Bag(params (string Name, object? Value)[] members) =>
        JsonBag.FromDictionary(members.Select(member => KeyValuePair.Create(member.Name, member.Value)));

    private static JsonBag JsonBagOf(string json) =>
        ((TrackEvent)RudderEvent.Parse($$"""{"type":"track","event":"e","properties":{{json}} }""")).Properties;

    /// <summary>Returns an object within a bag, with its dates unchanged.</summary>
    private static JsonBag Nest(string name, JsonBag bag) => JsonBagOf($$"""{"{{name}}":{{Raw(bag)}} }""");

    private static JsonElement Record(RudderEvent rudderEvent, MappingOptions? options = null) =>
        new CleverTapTransformer(options).Transform(rudderEvent).Records.Single().ToJsonElement();

    private static JsonElement Profile(RudderEvent rudderEvent, MappingOptions? options = null) =>
        Record(rudderEvent, options).GetProperty("profileData");

    private static JsonElement Data(RudderEvent rudderEvent, MappingOptions? options = null) =>
        Record(rudderEvent, options).GetProperty("evtData");

    private static void Expect(JsonElement actual, string expected) =>
        Assert.That(CanonicalJson.Of(actual.GetRawText()), Is.EqualTo(CanonicalJson.Of(expected)));
}
