using System.Text.Json;
using System.Text.Json.Nodes;

namespace CleverTap.Rudder.Tests.Web;

public sealed class WebCaseTests
{
    private static IEnumerable<TestCaseData> Cases() => WebCase.All.Select(one => new TestCaseData(one).SetArgDisplayNames(one.Name));

    [TestCaseSource(nameof(Cases))]
    public void TransformForWeb_gives_the_calls_of_the_case(object data)
    {
        var webCase = (WebCase)data;
        var transformer = new CleverTapTransformer(webCase.Options);
        if (!webCase.IsSignedIn)
        {
            AssertMatchesCase(webCase, transformer.TransformForWeb(webCase.Event));
        }

        if (RudderEvent.TryRead(webCase.Event, out RudderEvent? read, out _))
        {
            AssertMatchesCase(webCase, transformer.TransformForWeb(read, webCase.IsSignedIn));
        }
    }

    private static void AssertMatchesCase(WebCase webCase, WebTransformResult result)
    {
        string? invalid = ReadText(webCase.Expected, "invalid");
        string? filtered = ReadText(webCase.Expected, "filtered");
        Assert.That(result.Status, Is.EqualTo(ExpectedStatus(invalid, filtered)));
        Assert.That(result.Error?.Code.ToString(), Is.EqualTo(invalid));
        Assert.That(result.FilterReason?.ToString(), Is.EqualTo(filtered));
        if (!webCase.Expected.TryGetProperty("calls", out JsonElement calls))
        {
            Assert.That(result.Calls, Is.Empty);
            return;
        }

        // The texts are compared because the order of attributes matters to the SDK.
        Assert.That(
            result.Calls.Select(TextOf),
            Is.EqualTo(calls.EnumerateArray().Select(call => JsonNode.Parse(call.GetRawText())!.ToJsonString()))
        );
    }

    private static string? ReadText(JsonElement expected, string member) =>
        expected.TryGetProperty(member, out JsonElement value) ? value.GetString() : null;

    private static TransformStatus ExpectedStatus(string? invalid, string? filtered)
    {
        if (invalid is not null)
        {
            return TransformStatus.Invalid;
        }

        return filtered is null ? TransformStatus.Mapped : TransformStatus.Filtered;
    }

    private static string TextOf(WebCall call)
    {
        var text = new JsonArray { call.Method };
        foreach (JsonElement argument in call.Arguments.EnumerateArray())
        {
            text.Add(JsonNode.Parse(argument.GetRawText()));
        }

        return text.ToJsonString();
    }
}
