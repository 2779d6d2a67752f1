using System.Text.Json;
using CleverTap.Rudder.Tests.Mapping;
using CsCheck;

namespace CleverTap.Rudder.Tests.Web;

public sealed class WebCallPropertyTests
{
    private static readonly CleverTapTransformer Web = new(
        MappingOptions.Default with
        {
            HonorIntegrations = false,
            FilterUnsupportedCalls = false,
        }
    );

    [Test]
    public void TransformForWeb_gives_the_names_and_values_of_the_records() =>
        GenEvent.Text.Sample(text =>
        {
            WebTransformResult web = Web.TransformForWeb(text);
            TransformResult cloud = Web.Transform(text);
            Assert.That(web.Status, Is.Not.EqualTo(TransformStatus.Filtered));
            foreach (WebCall call in web.Calls)
            {
                Assert.That(() => JsonDocument.Parse(call.Utf8Json), Throws.Nothing);
            }

            if (cloud.Status != TransformStatus.Mapped || web.Status != TransformStatus.Mapped)
            {
                return;
            }

            foreach (EventRecord record in cloud.Records.OfType<EventRecord>())
            {
                JsonElement arguments = web.Calls.Single().Arguments;
                Assert.That(arguments[0].GetRawText(), Is.EqualTo(record.ToJsonElement().GetProperty("evtName").GetRawText()));
                Assert.That(arguments[1].GetRawText(), Is.EqualTo(record.EventData.GetRawText()));
            }

            foreach (ProfileRecord record in cloud.Records.OfType<ProfileRecord>())
            {
                JsonElement site = web
                    .Calls.First(call => call.Method.EndsWith(".push", StringComparison.Ordinal))
                    .Arguments[0]
                    .GetProperty("Site");
                Assert.That(site.EnumerateObject().Last().Name, Is.EqualTo("Identity"));
                Assert.That(
                    site.GetProperty("Identity").GetRawText(),
                    Is.EqualTo(record.ToJsonElement().GetProperty("identity").GetRawText())
                );
            }
        });

    [Test]
    public void TransformForWeb_applies_the_rules_of_the_host() =>
        Gen.Select(GenOptions.Rules, GenEvent.Text)
            .Sample(
                (rules, text) =>
                {
                    var transformer = new CleverTapTransformer(rules with { TrackAnonymous = true, HonorIntegrations = false });
                    WebTransformResult web = transformer.TransformForWeb(text);
                    TransformResult cloud = transformer.Transform(text);
                    if (web.Error is not null || cloud.Error is not null)
                    {
                        return;
                    }

                    Assert.That(web.FilterReason, Is.EqualTo(cloud.FilterReason));
                    foreach (EventRecord record in cloud.Records.OfType<EventRecord>())
                    {
                        JsonElement arguments = web.Calls.Single().Arguments;
                        Assert.That(arguments[0].GetRawText(), Is.EqualTo(record.ToJsonElement().GetProperty("evtName").GetRawText()));
                        Assert.That(arguments[1].GetRawText(), Is.EqualTo(record.EventData.GetRawText()));
                    }

                    foreach (ProfileRecord record in cloud.Records.OfType<ProfileRecord>())
                    {
                        IEnumerable<string> attributes = NamesOf(record.ProfileData);
                        Assert.That(web.Calls.SelectMany(AttributesOf).Append("\"identity\""), Is.SupersetOf(attributes));
                    }
                }
            );

    private static IEnumerable<string> AttributesOf(WebCall call) =>
        call.Arguments[0].ValueKind == JsonValueKind.String
            ? [call.Arguments[0].GetRawText()]
            : NamesOf(call.Arguments[0].GetProperty("Site"));

    /// <summary>Returns the names as they are written, because a name may be a text that .NET cannot represent.</summary>
    private static IEnumerable<string> NamesOf(JsonElement json) =>
        json.EnumerateObject().Select(member => member.ToString()[..^member.Value.GetRawText().Length].TrimEnd(':'));

    [Test]
    public void TransformForWeb_fails_only_when_Transform_fails_or_the_call_is_not_supported() =>
        GenEvent.Text.Sample(text =>
        {
            WebTransformResult web = Web.TransformForWeb(text);
            EventErrorCode? cloud = Web.Transform(text).Error?.Code;

            Assert.That(web.Error?.Code, Is.EqualTo(cloud).Or.EqualTo(EventErrorCode.TypeNotSupported).Or.Null);
            if (web.Error is null)
            {
                Assert.That(cloud, Is.Null.Or.EqualTo(EventErrorCode.IdMissing));
            }
        });
}
