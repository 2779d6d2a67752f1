namespace CleverTap.Rudder.Tests.Events;

/// <summary>What RudderStack can send and CleverTap cannot take, told apart from what is wrong.</summary>
public sealed class UnsupportedCallTests
{
    [TestCase("group")]
    [TestCase("GROUP")]
    [TestCase("record")]
    [TestCase("audiencelist")]
    [TestCase("merge")]
    public void Reading_a_call_without_a_counterpart_fails_and_the_options_say_that_it_is_filtered(string type)
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
    public void What_is_wrong_is_no_call_without_a_counterpart(string json)
    {
        Assert.That(RudderEvent.TryRead(json, out _, out EventError? error), Is.False);

        Assert.That(MappingOptions.Default.FilterReasonFor(error!), Is.Null);
    }

    [TestCase("\"CleverTap\"")]
    [TestCase("5")]
    [TestCase("false")]
    [TestCase("[{\"CleverTap\":true}]")]
    public void Integrations_that_are_no_object_are_kept_and_shown_as_none(string integrations)
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
