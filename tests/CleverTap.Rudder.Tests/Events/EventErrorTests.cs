using System.Text;
using System.Text.Json;

namespace CleverTap.Rudder.Tests.Events;

[TestFixture]
public sealed class EventErrorTests
{
    [TestCase("", EventErrorCode.NotJson, "")]
    [TestCase("{", EventErrorCode.NotJson, "")]
    [TestCase("{\"type\":\"identify\"} trailing", EventErrorCode.NotJson, "")]
    [TestCase("{\"type\":\"identify\"}{}", EventErrorCode.NotJson, "")]
    [TestCase("{\"type\":\"identify\"},", EventErrorCode.NotJson, "")]
    [TestCase("[]", EventErrorCode.NotAnObject, "")]
    [TestCase("\"text\"", EventErrorCode.NotAnObject, "")]
    [TestCase("null", EventErrorCode.NotAnObject, "")]
    [TestCase("{}", EventErrorCode.TypeMissing, "type")]
    [TestCase("{\"type\":\"group\"}", EventErrorCode.TypeNotSupported, "type")]
    [TestCase("{\"type\":[\"identify\"]}", EventErrorCode.WrongKind, "type")]
    [TestCase("{\"type\":\"identify\",\"userId\":{}}", EventErrorCode.WrongKind, "userId")]
    [TestCase("{\"type\":\"identify\",\"traits\":[]}", EventErrorCode.WrongKind, "traits")]
    [TestCase("{\"type\":\"track\",\"properties\":5}", EventErrorCode.WrongKind, "properties")]
    [TestCase("{\"type\":\"track\",\"context\":\"x\"}", EventErrorCode.WrongKind, "context")]
    public void Invalid_input_gives_an_error_from_TryRead_and_an_exception_from_Parse(string text, EventErrorCode code, string field)
    {
        Assert.That(RudderEvent.TryRead(text, out RudderEvent? parsed, out EventError? error), Is.False);
        Assert.That(parsed, Is.Null);
        Assert.That((error!.Code, error.Field), Is.EqualTo((code, field)));
        Assert.That(error.Message, Is.Not.Empty);

        RudderEventFormatException thrown = Assert.Throws<RudderEventFormatException>(() => RudderEvent.Parse(text))!;
        Assert.That(thrown.Error, Is.EqualTo(error));
        Assert.That(thrown.Message, Is.EqualTo(error.Message));
        Assert.That(thrown, Is.InstanceOf<FormatException>());
        Assert.That(() => RudderEvent.Parse(Encoding.UTF8.GetBytes(text)), Throws.TypeOf<RudderEventFormatException>());
        Assert.That(
            new CleverTapTransformer(MappingOptions.Default with { FilterUnsupportedCalls = false }).Transform(text).Error,
            Is.EqualTo(error)
        );
    }

    [TestCase("{\"type\":\"identify\",\"userId\":{}}", "userId")]
    [TestCase("{\"type\":\"identify\",\"traits\":[]}", "traits")]
    [TestCase("{\"type\":\"track\",\"properties\":5}", "properties")]
    public void Error_names_the_field_and_the_expected_value_when_its_kind_is_wrong(string text, string field)
    {
        Assert.That(RudderEvent.TryRead(text, out _, out EventError? error), Is.False);
        Assert.That(error!.Expected, Is.Not.Empty);
        Assert.That(error.Message, Does.Contain(field));
    }

    [TestCase("{\"messageId\":\"m7\",\"type\":\"grup\",\"userId\":\"u1\"}")]
    [TestCase("{\"messageId\":\"m7\",\"userId\":\"u1\"}")]
    [TestCase("{\"type\":\"identify\",\"userId\":[],\"messageId\":\"m7\"}")]
    [TestCase("{\"type\":\"track\",\"userId\":\"u1\",\"messageId\":\"m7\"}")]
    [TestCase("{\"type\":\"identify\",\"messageId\":\"m7\"}")]
    [TestCase("{\"type\":\"alias\",\"userId\":\"u1\",\"messageId\":\"m7\"}")]
    public void Error_contains_the_message_id(string text) =>
        Assert.That(CleverTapTransformer.Default.Transform(text).Error?.MessageId, Is.EqualTo("m7"));

    [TestCase(new byte[] { 0xFF })]
    [TestCase(new byte[] { 0xC0, 0xAF })]
    [TestCase(new byte[] { 0xE2, 0x82 })]
    [TestCase(new byte[] { 0xED, 0xA0, 0x80 })]
    [TestCase(new byte[] { 0xF4, 0x90, 0x80, 0x80 })]
    public void Event_is_not_JSON_when_it_contains_invalid_UTF_8(byte[] bad)
    {
        foreach (
            string place in new[]
            {
                """{"type":"identify","userId":"?"}""",
                """{"type":"identify","userId":"u1","traits":{"a":"?"}}""",
                """{"type":"identify","userId":"u1","traits":{"?":1}}""",
                """{"type":"identify","userId":"u1","traits":{"a":{"b":["?"]}}}""",
                """{"type":"identify","userId":"u1","?":1}""",
                """{"type":"identify","userId":"u1","context":{"traits":{"overrideFields":{"a":"?"}}}}""",
                """{"type":"identify","userId":"u1","properties":{"email":"?"}}""",
                """{"type":"track","userId":"u1","event":"Order Completed","properties":{"products":[{"a":"?"}]}}""",
                """{"type":"track","userId":"u1","event":"?"}""",
            }
        )
        {
            TransformResult result = CleverTapTransformer.Default.Transform(Replace(bad, place));
            Assert.That(result.Error?.Code, Is.EqualTo(EventErrorCode.NotJson), place);
            Assert.That(result.Error!.Message, Is.EqualTo("The event is not valid UTF-8; send JSON in UTF-8"));
        }
    }

    [Test]
    public void Invalid_UTF_8_in_unused_members_is_skipped_by_Transform_and_rejected_by_TryRead()
    {
        byte[] utf8 = Replace([0xFF], """{"type":"identify","userId":"u1","unknown":["?"],"context":{"app":{"name":"?"}}}""");

        Assert.That(
            CleverTapTransformer.Default.Transform(utf8).Records.Single().ToJson(),
            Is.EqualTo("""{"type":"profile","identity":"u1","profileData":{}}""")
        );
        Assert.That(RudderEvent.TryRead(utf8, out _, out EventError? error), Is.False);
        Assert.That(error!.Message, Is.EqualTo("The event is not valid UTF-8; send JSON in UTF-8"));
    }

    [Test]
    public void Parsed_event_does_not_change_when_its_source_memory_is_overwritten([Range(0, 255)] int filling)
    {
        byte[] utf8 =
            """
            {"type":"track","userId":"mut","messageId":1,"event":"e","properties":{"n":12.5,"a":[1],"ts":1700000000},
             "integrations":{"All":true},"context":{"traits":{"a":1}}}
            """u8.ToArray();
        RudderEvent changed = RudderEvent.Parse(utf8);
        Array.Fill(utf8, (byte)filling);

        Assert.That(
            CleverTapTransformer.Default.Transform(changed).Records.Single().ToJson(),
            Does.StartWith("""{"type":"event","identity":"mut","ts":1700000000,""")
        );
        Assert.That(changed.MessageId + changed.UserId, Is.EqualTo("1mut"));
    }

    [TestCase("""{"messageId":"m7","type":"track","userId":"u","event":"e","properties":{"a":tru}}""")]
    [TestCase("""{"messageId":"m7","type":"track","userId":"u","event":"e"} x""")]
    public void Error_contains_the_message_id_when_the_JSON_breaks_after_it(string text)
    {
        Assert.That(CleverTapTransformer.Default.Transform(text).Error?.MessageId, Is.EqualTo("m7"));
        Assert.That(RudderEvent.TryRead(text, out _, out EventError? error), Is.False);
        Assert.That((error!.Code, error.MessageId), Is.EqualTo((EventErrorCode.NotJson, "m7")));
    }

    [TestCase("userId")]
    [TestCase("event")]
    public void Ids_and_names_are_rejected_when_they_are_numbers_beyond_the_range_of_a_double(string field)
    {
        EventError? error = CleverTapTransformer
            .Default.Transform($$"""{"type":"track","userId":"u","event":"e","{{field}}":1e400}""")
            .Error;

        Assert.That((error?.Code, error?.Field), Is.EqualTo(((EventErrorCode?)EventErrorCode.WrongKind, field)));
    }

    /// <summary>Replaces each question mark of a text by these bytes.</summary>
    private static byte[] Replace(byte[] bytes, string text) =>
        [
            .. text.Split('?')
                .SelectMany((part, place) => place == 0 ? Encoding.UTF8.GetBytes(part) : [.. bytes, .. Encoding.UTF8.GetBytes(part)]),
        ];

    [Test]
    public void Event_is_not_JSON_when_its_text_has_a_lone_surrogate() =>
        Assert.That(
            CleverTapTransformer.Default.Transform("{\"type\":\"identify\",\"userId\":\"\uD83D\"}").Error?.Code,
            Is.EqualTo(EventErrorCode.NotJson)
        );

    [Test]
    public void Undefined_element_is_not_JSON()
    {
        Assert.That(RudderEvent.TryRead(default(JsonElement), out _, out EventError? error), Is.False);
        Assert.That(error!.Code, Is.EqualTo(EventErrorCode.NotJson));
    }

    [Test]
    public void Errors_and_warnings_never_contain_a_value()
    {
        const string Secret = "jane.doe-secret";
        string[] texts =
        [
            """{"type":"identify","userId":{"x":"jane.doe-secret"}}""",
            """{"type":"jane.doe-secret","userId":"u1"}""",
            """{"type":"identify","userId":"u1","traits":"jane.doe-secret"}""",
            """{"type":"identify","userId":"u1","context":{"traits":"jane.doe-secret"}}""",
            """{"type":"identify","userId":"u1", jane.doe-secret""",
            """{"type":"identify","userId":"u1","traits":{"email":"jane.doe-secret","phone":"jane.doe-secret","ts":"jane.doe-secret"}}""",
            """
                {"type":"identify","userId":"u1",
                 "traits":{"birthday":"jane.doe-secret","gender":"jane.doe-secret","education":"jane.doe-secret"}}
                """,
            """{"type":"track","userId":"u1","event":"Order Completed","properties":{"products":["jane.doe-secret"]}}""",
        ];
        foreach (string text in texts)
        {
            TransformResult result = CleverTapTransformer.Default.Transform(text);
            Assert.That(result.ToString(), Does.Not.Contain(Secret));
            Assert.That(result.Error?.ToString() ?? "", Does.Not.Contain(Secret));
            Assert.That(string.Join("\n", result.Warnings), Does.Not.Contain(Secret));
            Assert.That(string.Join("\n", result.Records), Does.Not.Contain(Secret));
        }
    }
}
