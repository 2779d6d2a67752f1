using System.Text;
using System.Text.Json;

namespace CleverTap.Rudder.Tests.Web;

public sealed class WebCallTests
{
    private const string Seen = """{"type":"track","userId":"user-1","messageId":"m-1","event":"Seen","properties":{"price":1}}""";

    [Test]
    public void WebCall_contains_method_arguments_and_JSON()
    {
        WebCall call = CleverTapTransformer.Default.TransformForWeb(Seen).Calls.Single();

        Assert.That(call.ToJson(), Is.EqualTo("""{"method":"event.push","arguments":["Seen",{"price":1}]}"""));
        Assert.That(Encoding.UTF8.GetString(call.Utf8Json.Span), Is.EqualTo(call.ToJson()));
        Assert.That(JsonSerializer.Serialize(new[] { call }), Is.EqualTo($"[{call.ToJson()}]"));
        Assert.That(call.Arguments.GetRawText(), Is.EqualTo("""["Seen",{"price":1}]"""));
        Assert.That(() => JsonSerializer.Deserialize<WebCall>(call.ToJson()), Throws.TypeOf<NotSupportedException>());
    }

    [Test]
    public void WebCalls_are_equal_when_their_JSON_is_equal()
    {
        WebCall one = CleverTapTransformer.Default.TransformForWeb(Seen).Calls.Single();
        WebCall same = CleverTapTransformer.Default.TransformForWeb(Seen).Calls.Single();
        WebCall other = CleverTapTransformer.Default.TransformForWeb(Seen.Replace("Seen", "Read", StringComparison.Ordinal)).Calls.Single();

        Assert.That(one, Is.EqualTo(same));
        Assert.That(one.GetHashCode(), Is.EqualTo(same.GetHashCode()));
        Assert.That(one, Is.Not.EqualTo(other));
    }

    [Test]
    public void WebTransformResult_text_contains_no_value_of_the_event()
    {
        WebTransformResult result = CleverTapTransformer.Default.TransformForWeb(Seen);

        Assert.That(result.ToString(), Is.EqualTo("Mapped: event.push (56 bytes)"));
    }

    [Test]
    public void TransformForWeb_error_contains_the_supported_calls_and_the_message_id()
    {
        EventError? error = CleverTapTransformer
            .Default.TransformForWeb("""{"type":"screen","messageId":"m-1","userId":"u","name":"Main"}""")
            .Error;

        Assert.That(
            error,
            Is.EqualTo(
                new EventError(
                    EventErrorCode.TypeNotSupported,
                    "type",
                    "CleverTap's web SDK has no counterpart of this call; send it from the server",
                    "identify, track or page"
                )
                {
                    MessageId = "m-1",
                }
            )
        );
    }

    [Test]
    public void TransformForWeb_gives_no_warning_when_the_time_is_invalid()
    {
        WebTransformResult result = CleverTapTransformer.Default.TransformForWeb(
            """{"type":"track","userId":"u","event":"Stayed","timestamp":"today"}"""
        );

        Assert.That(result.Warnings.Select(warning => warning.Code), Is.EqualTo(new[] { WarningCode.ReservedEventName }));
    }

    [TestCase("identify")]
    [TestCase("track")]
    [TestCase("page")]
    [TestCase("screen")]
    [TestCase("alias")]
    public void Call_of_a_page_is_sent_either_by_the_page_or_by_the_server(string type)
    {
        var transformer = new CleverTapTransformer(MappingOptions.Default with { NativeSdk = NativeSdkPlatforms.Web });
        var call = RudderEvent.Parse(
            $$"""{"type":"{{type}}","channel":"web","userId":"u","previousId":"p","event":"Seen","name":"Home"}"""
        );

        bool byPage = transformer.TransformForWeb(call).Status == TransformStatus.Mapped;
        TransformResult server = transformer.Transform(call);

        Assert.That(byPage, Is.Not.EqualTo(server.Status == TransformStatus.Mapped));
        Assert.That(server.FilterReason, Is.EqualTo(byPage ? FilterReason.NativeSdk : (FilterReason?)null));
    }
}
