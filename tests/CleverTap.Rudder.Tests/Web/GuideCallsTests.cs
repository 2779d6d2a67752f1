using System.Text.Encodings.Web;
using System.Text.Json;

namespace CleverTap.Rudder.Tests.Web;

/// <summary>Compares the web calls of the guide's calls, in the form that SDKs send, with snapshots.</summary>
public sealed class GuideCallsTests
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Test]
    public void Calls_of_a_guide_call_match_their_snapshot(
        [Values("identify", "opt-out", "page", "track", "order-completed")] string call,
        [Values] WebPageNames pageNames
    )
    {
        using JsonDocument calls = JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "CleverTap.Rudder.Tests", "Mapping", "guide-calls.json"))
        );
        var transformer = new CleverTapTransformer(MappingOptions.Default with { WebPageNames = pageNames });

        WebTransformResult result = transformer.TransformForWeb(RudderEvent.Parse(calls.RootElement.GetProperty(call)));

        using JsonDocument made = JsonDocument.Parse(result.Calls.Single().Utf8Json);
        string name = call == "page" ? $"{call}-{pageNames}" : call;
        Snapshots.Match($"Web/{name}", JsonSerializer.Serialize(made.RootElement, Readable));
    }
}
