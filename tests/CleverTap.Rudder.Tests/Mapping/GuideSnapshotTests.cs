using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CleverTap.Rudder.Tests.Mapping;

/// <summary>Compares the upload bodies of the guide's calls, in the form that SDKs send, with snapshots.</summary>
[TestFixture]
public sealed class GuideSnapshotTests
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Test]
    public void Upload_of_a_guide_call_matches_its_snapshot(
        [Values("identify", "opt-out", "page", "screen", "track", "order-completed", "alias")] string call,
        [Values("default", "rudder-transformer")] string preset
    )
    {
        MappingOptions options = preset == "default" ? MappingOptions.Default : MappingOptions.RudderTransformer;
        Snapshots.Match($"Mapping/{call}-{preset}", UploadOf(call, options));
    }

    [Test]
    public void Upload_of_a_mobile_identify_call_contains_the_push_token()
    {
        MappingOptions options = MappingOptions.Default with { EnableObjectIdMapping = true };
        string identify = """
            {"type":"identify","channel":"mobile","userId":"userid","anonymousId":"b2a7f1c0-0002",
             "originalTimestamp":"2024-03-01T10:00:00.000Z",
             "context":{"traits":{"email":"name@website.com"},"device":{"token":"push-token"},"os":{"name":"Android"}}}
            """;
        Snapshots.Match("Mapping/identify-with-token", Upload(identify, options));
    }

    private static string UploadOf(string call, MappingOptions options)
    {
        string file = Path.Combine(Repository.Root, "tests", "CleverTap.Rudder.Tests", "Mapping", "guide-calls.json");
        using JsonDocument calls = JsonDocument.Parse(File.ReadAllBytes(file));
        return Upload(calls.RootElement.GetProperty(call).GetRawText(), options);
    }

    private static string Upload(string rudderEvent, MappingOptions options)
    {
        var body = new ArrayBufferWriter<byte>();
        body.Write("{\"d\":["u8);
        Utf8TransformResult result = new CleverTapTransformer(options).Transform(Encoding.UTF8.GetBytes(rudderEvent), body);
        Assert.That(result.Status, Is.EqualTo(TransformStatus.Mapped), result.Error?.Message);
        body.Write("]}"u8);

        using JsonDocument json = JsonDocument.Parse(body.WrittenMemory);
        var indented = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(indented, Readable))
        {
            json.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(indented.WrittenSpan);
    }
}
