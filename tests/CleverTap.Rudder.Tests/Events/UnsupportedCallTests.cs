namespace CleverTap.Rudder.Tests.Events;

/// <summary>Tests that calls without a counterpart in CleverTap are distinguished from invalid events.</summary>
public sealed class UnsupportedCallTests
{
    [TestCase("group")]
    [TestCase("GROUP")]
    [TestCase("record")]
    [TestCase("audiencelist")]
    [TestCase("merge")]
    public void Unsupported_call_is_an_error_from_TryRead_and_filtered_by_the_default_options(string type)
    {
        Assert.That(RudderEvent.TryRead($$"""{"type":"{{type}}","messageId":"m-1"}""", out _, out EventError? error), Is.False);

        Assert.That(
            (error!.Code, error.Message, error.MessageId),
            Is.EqualTo((EventErrorCode.TypeNotSupported, "Message type not supported", "m-1"))
        );
        Assert.That(MappingOptions.Default.FilterReasonFor(error), Is.EqualTo(FilterReason.TypeNotSupported));
        Assert.That(MappingOptions.RudderTransformer.FilterReasonFor(error), Is.Null);
    }

    [TestCase("""{"type":"trak"}""")]
    [TestCase("""{"type":" group"}""")]
    [TestCase("""{"type":"group" """)]
    [TestCase("""{}""")]
    public void Invalid_event_is_not_filtered_as_an_unsupported_call(string json)
    {
        Assert.That(RudderEvent.TryRead(json, out _, out EventError? error), Is.False);

        Assert.That(MappingOptions.Default.FilterReasonFor(error!), Is.Null);
    }

    [TestCase("\"CleverTap\"")]
    [TestCase("5")]
    [TestCase("false")]
    [TestCase("[{\"CleverTap\":true}]")]
    public void Integrations_are_kept_in_JSON_but_empty_as_a_bag_when_they_are_not_an_object(string integrations)
    {
        string json = $$"""{"type":"track","userId":"u1","event":"Seen","integrations":{{integrations}}}""";

        RudderEvent read = RudderEvent.Parse(json);

        Assert.That(read.Integrations.IsEmpty);
        Assert.That(read.Integrations.Utf8Json.IsEmpty);
        Assert.That(read.ToJson(), Is.EqualTo(json));
        Assert.That(
            CleverTapTransformer.Default.Transform(RudderEvent.Parse(read.ToJson())).FilterReason,
            Is.EqualTo(FilterReason.Integrations)
        );
        Assert.That((read with { UserId = "u2" }).ToJson(), Does.Contain($"\"integrations\":{integrations}"));
    }
}
