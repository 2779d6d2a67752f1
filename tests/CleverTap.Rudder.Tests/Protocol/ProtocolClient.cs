using System.Buffers;
using System.Text;
using System.Text.Json;

namespace CleverTap.Rudder.Tests.Protocol;

/// <summary>Creates requests like rudder-server and reads the responses of the protocol.</summary>
internal static class ProtocolClient
{
    public const string Passcode = "open-sesame";
    public const string Config = $$"""{"accountId":"acc","passcode":"{{Passcode}}","region":"in1"}""";
    public const string Destination = $$"""{"ID":"dest-1","Name":"CleverTap","Config":{{Config}},"hasDynamicConfig":false,"kept":[1.0]}""";
    public const string TokenDestination =
        $$"""{"ID":"dest-t","Config":{"accountId":"acc","passcode":"{{Passcode}}","enableObjectIdMapping":true},"hasDynamicConfig":false}""";
    public const string Track = """{"type":"track","userId":"u1","event":"Seen"}""";
    public const string Pair = """
        {"type":"identify","channel":"mobile","userId":"u1","anonymousId":"device-1","context":{"traits":{"email":"a@b.co"},"device":{"token":"push"},"os":{"name":"Android"}}}
        """;

    public const string Nonsense = """{"type":"group","userId":"u1"}""";

    /// <summary>A job with the metadata that the router sends, shortened.</summary>
    public static string Job(int id, string message = Track, string? destination = Destination) =>
        $$"""{"message":{{message}},"metadata":{{Metadata(id)}}{{(destination is null ? "" : $",\"destination\":{destination}")}}}""";

    public static string Metadata(int id) =>
        $$"""{"jobId":{{id}},"destinationId":"dest-1","workspaceId":"ws","secret":null,"dontBatch":false}""";

    /// <summary>Creates a destination whose Config has these members besides the account.</summary>
    public static string DestinationWith(string config, string id = "dest-1", string more = "") =>
        $$"""{"ID":"{{id}}","Config":{"accountId":"acc","passcode":"{{Passcode}}",{{config}}}{{more}}}""";

    public static string RouterBody(params IEnumerable<string> jobs) =>
        $$"""{"destType":"clevertap","input":[{{string.Join(',', jobs)}}]}""";

    public static (int Status, JsonElement Body) Processor(string body) => Response(body, new RudderTransformerProtocol().Process);

    public static (int Status, JsonElement Body) Router(string body) => Response(body, new RudderTransformerProtocol().Route);

    /// <summary>Returns the items of these jobs of the processor.</summary>
    public static JsonElement[] Process(params IEnumerable<string> jobs)
    {
        (int status, JsonElement body) = Processor($"[{string.Join(',', jobs)}]");
        Assert.That(status, Is.EqualTo(200));
        return [.. body.EnumerateArray()];
    }

    /// <summary>Returns the items of these jobs of the router.</summary>
    public static JsonElement[] Route(params IEnumerable<string> jobs)
    {
        (int status, JsonElement body) = Router(RouterBody(jobs));
        Assert.That(status, Is.EqualTo(200));
        return [.. body.GetProperty("output").EnumerateArray()];
    }

    public static int[] Ids(JsonElement item) =>
        [.. item.GetProperty("metadata").EnumerateArray().Select(metadata => metadata.GetProperty("jobId").GetInt32())];

    public static JsonElement Records(JsonElement request) => request.GetProperty("body").GetProperty("JSON").GetProperty("d");

    public static int[] BatchSizes(IEnumerable<JsonElement> items) =>
        [
            .. items
                .Where(item => item.TryGetProperty("batchedRequest", out _))
                .Select(item => Records(item.GetProperty("batchedRequest")).GetArrayLength()),
        ];

    public static int StatusCode(JsonElement item) => item.GetProperty("statusCode").GetInt32();

    public static void AssertEqual(JsonElement actual, string expected) =>
        Assert.That(CanonicalJson.Of(actual.GetRawText()), Is.EqualTo(CanonicalJson.Of(expected)));

    public static JsonElement Parse(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = 100_000 });
        return JsonElement.ParseValue(ref reader);
    }

    private static (int Status, JsonElement Body) Response(string body, Func<ReadOnlyMemory<byte>, IBufferWriter<byte>, int> protocol)
    {
        var response = new ArrayBufferWriter<byte>();
        int status = protocol(Encoding.UTF8.GetBytes(body), response);
        return (status, Parse(response.WrittenSpan));
    }
}
