using System.Buffers;
using System.Text;
using System.Text.Json;

namespace CleverTap.Rudder.Tests.Events;

/// <summary>Tests the error messages for input that wraps events.</summary>
public sealed class EventWrapperTests
{
    private const string Event = """{"type":"track","userId":"u1","event":"Seen"}""";
    private const string ReferenceMessage = "Message Type is not present. Aborting message.";

    [TestCase($$"""{"batch":[{{Event}}],"sentAt":"2024-03-01T10:00:00Z"}""", "batch", "RudderEvent.ReadBatch")]
    [TestCase("""{"batch":[]}""", "batch", "RudderEvent.ReadBatch")]
    [TestCase($$"""{"events":[{{Event}}]}""", "events", "RudderEvent.ReadBatch")]
    [TestCase($$"""{"data":{"records":[{{Event}}]} }""", "data.records", "RudderEvent.ReadBatch")]
    [TestCase($$"""{"body":{"JSON":{{Event}} } }""", "body.JSON", "take the event out of body.JSON")]
    [TestCase("""{"body":{"XML":{},"JSON":{"userId":"u1"}}}""", "body.JSON", "take the event out of body.JSON")]
    [TestCase($$"""{"message":{{Event}} }""", "message", "take the event out of message")]
    [TestCase($$"""{"metadata":{"jobId":1},"message":{{Event}},"destination":{} }""", "message", "take the event out of message")]
    [TestCase($$"""{"payload":{{Event}} }""", "payload", "take the event out of payload")]
    [TestCase("""{"event":{"type":"Group","userId":"u1"}}""", "event", "take the event out of event")]
    [TestCase($$"""{"jane.doe@example.com":{{Event}} }""", "…", "take the event out of …")]
    [TestCase("""{"d":[{"type":"profile","identity":"u1","profileData":{}}]}""", "d", "request to CleverTap")]
    [TestCase("""{"body":{"JSON":{"d":[{"type":"event"}]}}}""", "body.JSON.d", "request to CleverTap")]
    public void Error_names_the_wrapper_and_the_remedy_when_events_are_wrapped(string json, string found, string remedy)
    {
        EventError error = ErrorOf(json);

        Assert.That((error.Code, error.Field), Is.EqualTo((EventErrorCode.TypeMissing, "type")));
        Assert.That(error.Message, Does.Contain($"({found})").And.Contain(remedy));
    }

    [TestCase($"[{Event}]", "The event is an array; read it with RudderEvent.ReadBatch")]
    [TestCase("[]", "The event is an array; read it with RudderEvent.ReadBatch")]
    [TestCase("\" {\\\"type\\\":\\\"track\\\"}\"", "The event is a JSON string that contains JSON; decode the string first")]
    public void Error_describes_the_input_when_it_is_not_an_object(string json, string message)
    {
        EventError error = ErrorOf(json);

        Assert.That((error.Code, error.Field, error.Message), Is.EqualTo((EventErrorCode.NotAnObject, "", message)));
    }

    [TestCase("{}")]
    [TestCase("""{"userId":"u1","event":"Seen","properties":{"type":"page"}}""")]
    [TestCase("""{"userId":"u1","context":{"traits":{"type":"track"}},"traits":{"type":"alias"},"integrations":{"a":{"type":"track"}}}""")]
    [TestCase("""{"userId":"u1","data":{"type":"shoe"}}""")]
    [TestCase("""{"userId":"u1","message":"hello","batch":7,"events":"none"}""")]
    [TestCase("""{"userId":"u1","tags":["track"],"a":{"b":{"c":{"d":{"type":"track"}}}}}""")]
    public void Error_keeps_the_message_of_the_reference_when_an_event_has_no_type(string json) =>
        Assert.That(ErrorOf(json).Message, Is.EqualTo(ReferenceMessage));

    [TestCase("42")]
    [TestCase("null")]
    [TestCase("\"text\"")]
    public void Error_is_not_changed_when_the_input_is_a_scalar(string json) =>
        Assert.That(ErrorOf(json).Message, Is.EqualTo("The event must be a JSON object; send one event as one object"));

    [TestCase("""{"batch":[{x}]}""")]
    [TestCase("""{"a":{"b":{]}}}""")]
    [TestCase("""{"a":["\x"]}""")]
    public void Transform_returns_an_error_when_a_wrapper_is_not_JSON(string json) =>
        Assert.That(CleverTapTransformer.Default.Transform(json).Error?.Code, Is.AnyOf(EventErrorCode.TypeMissing, EventErrorCode.NotJson));

    [TestCase($$"""{"batch":[{{Event}}]}""", ReferenceMessage)]
    [TestCase($$"""{"body":{"JSON":{{Event}} } }""", ReferenceMessage)]
    [TestCase($$"""{"message":{{Event}} }""", ReferenceMessage)]
    [TestCase($"[{Event}]", "The event must be a JSON object; send one event as one object")]
    public void RudderTransformer_preset_keeps_the_messages_of_the_reference(string json, string message)
    {
        var transformer = new CleverTapTransformer(MappingOptions.RudderTransformer);

        Assert.That(transformer.Transform(json).Error?.Message, Is.EqualTo(message));
        Assert.That(transformer.Transform(Encoding.UTF8.GetBytes(json), new ArrayBufferWriter<byte>()).Error?.Message, Is.EqualTo(message));
        Assert.That(transformer.TransformForWeb(json).Error?.Message, Is.EqualTo(message));
    }

    [Test]
    public void Every_entry_point_gives_the_same_message()
    {
        const string Json = $$"""{"batch":[{{Event}}]}""";
        string expected = ErrorOf(Json).Message;
        using JsonDocument document = JsonDocument.Parse(Json);

        CleverTapTransformer transformer = CleverTapTransformer.Default;
        Assert.That(transformer.Transform(Json).Error?.Message, Is.EqualTo(expected));
        Assert.That(transformer.Transform(document.RootElement).Error?.Message, Is.EqualTo(expected));
        Utf8TransformResult written = transformer.Transform(Encoding.UTF8.GetBytes(Json), new ArrayBufferWriter<byte>());
        Assert.That(written.Error?.Message, Is.EqualTo(expected));
        Assert.That(transformer.TransformForWeb(Json).Error?.Message, Is.EqualTo(expected));
        Assert.That(() => RudderEvent.Parse(Json), Throws.TypeOf<RudderEventFormatException>().With.Message.EqualTo(expected));
        Assert.That(
            () => JsonSerializer.Deserialize<RudderEvent>(Json),
            Throws.InstanceOf<JsonException>().With.Message.Contains(expected)
        );
        Assert.That(RudderEvent.ReadBatch($"[{Json}]").Single().Error?.Message, Is.EqualTo(expected));
    }

    private static EventError ErrorOf(string json)
    {
        Assert.That(RudderEvent.TryRead(json, out _, out EventError? error), Is.False);
        return error!;
    }
}
