using System.Text;
using System.Text.Json;

namespace CleverTap.Rudder.Tests.TransformerService;

/// <summary>The informational routes, and invalid requests.</summary>
public sealed class RouteTests
{
    private static readonly string[] Transforming = ["/v0/destinations/clevertap", "/routerTransform"];
    private static readonly string[] Delivering = ["/v0/destinations/clevertap/proxy", "/v1/destinations/clevertap/proxy", "/deleteUsers"];
    private static readonly string[] About = ["/features", "/health", "/version", "/buildVersion", "/transformerBuildVersion"];

    private static readonly TestCaseData[] Broken =
    [
        Bytes("nothing", []),
        Bytes("half an object", "{\"input\":["u8),
        Bytes("no JSON", "hello"u8),
        Bytes("two values", "[] []"u8),
        Bytes("a comment", "[] // end"u8),
        Bytes("NaN", "[NaN]"u8),
        Bytes("zero bytes", new byte[1000]),
        Bytes("deep and broken", Encoding.ASCII.GetBytes(new string('[', 1_000_000))),
    ];

    private static readonly TestCaseData[] Odd =
    [
        Bytes("a number", "5"u8),
        Bytes("null", "null"u8),
        Bytes("a text", "\"text\""u8),
        Bytes(
            "no UTF-8",
            [
                .. "[{\"message\":{\"type\":\"track\",\"event\":\""u8,
                0xff,
                0xc0,
                .. "\"},\"metadata\":{\"destinationId\":\""u8,
                0xff,
                .. "\"}}]"u8,
            ]
        ),
        Bytes(
            "no UTF-8 in an id",
            [
                .. "{\"destType\":\"clevertap\",\"destinations\":{\"d\":{}},\"input\":[{\"metadata\":{\"destinationId\":\""u8,
                0xff,
                .. "\"}}]}"u8,
            ]
        ),
        Bytes(
            "no UTF-8 in the settings",
            [
                .. "{\"destType\":\"clevertap\",\"input\":[{\"message\":{\"type\":\"track\",\"event\":\"e\",\"userId\":\"u\"},\"destination\":{\"Config\":{\"accountId\":\"{{"u8,
                0xff,
                .. "\"}}}]}"u8,
            ]
        ),
        Bytes("no UTF-8 in destType", [.. "{\"destType\":\""u8, 0xff, .. "\"}"u8]),
        Bytes(
            "a lone surrogate in an id",
            "{\"destType\":\"clevertap\",\"destinations\":{\"d\":{}},\"input\":[{\"metadata\":{\"destinationId\":\"\\ud800\"}}]}"u8
        ),
        Bytes("a lone surrogate in destType", "{\"destType\":\"\\ud800\"}"u8),
        Bytes("deep arrays", Encoding.ASCII.GetBytes(new string('[', 100_000) + new string(']', 100_000))),
        Bytes(
            "deep metadata",
            Encoding.ASCII.GetBytes($"[{{\"metadata\":{string.Concat(Enumerable.Repeat("{\"a\":", 50_000))}1{new string('}', 50_000)}}}]")
        ),
        Bytes(
            "deep settings in two spellings",
            Encoding.ASCII.GetBytes($"{{\"destType\":\"clevertap\",\"input\":[{WithSettings(Deep)},{WithSettings($" {Deep}")}]}}")
        ),
        Bytes(
            "the delivery of nothing",
            "{\"endpoint\":\"https://api.clevertap.com/1/upload\",\"headers\":{},\"body\":{},\"metadata\":5}"u8
        ),
        Bytes(
            "deletion of null",
            "[null, {\"destType\":\"clevertap\"}, {\"destType\":\"clevertap\",\"userAttributes\":[null],\"config\":{}}]"u8
        ),
    ];

    [Test]
    public async Task The_features_are_those_that_rudder_server_needs()
    {
        JsonElement features = await Service.Rudder.FeaturesAsync();

        Assert.That(features.GetProperty("supportTransformerProxyV1").GetBoolean(), Is.True);
        Assert.That(features.GetProperty("supportDestTransformCompactedPayloadV1").GetBoolean(), Is.True);
        Assert.That(
            features.GetProperty("regulations").EnumerateArray().Select(name => name.GetString()),
            Is.EqualTo(new[] { "CLEVERTAP" })
        );
    }

    [Test]
    public async Task Its_health_is_up_and_its_versions_are_one()
    {
        JsonElement health = JsonSerializer.Deserialize<JsonElement>(await Service.Rudder.Http.GetStringAsync("/health"));
        string[] versions = await Task.WhenAll(About[2..].Select(path => Service.Rudder.Http.GetStringAsync(path)));

        Assert.That(health.GetProperty("service").GetString(), Is.EqualTo("UP"));
        Assert.That(versions, Is.All.EqualTo(health.GetProperty("version").GetString()).And.All.Not.Empty);
    }

    [Test]
    public async Task The_API_document_lists_every_route()
    {
        JsonElement document = JsonSerializer.Deserialize<JsonElement>(await Service.Rudder.Http.GetStringAsync("/openapi/v1.json"));

        string[] paths = [.. document.GetProperty("paths").EnumerateObject().Select(path => path.Name)];

        string[] expected =
        [
            .. About,
            "/v0/destinations/{destination}",
            "/routerTransform",
            "/v{version}/destinations/{destination}/proxy",
            "/deleteUsers",
        ];
        Assert.That(paths, Is.EquivalentTo(expected));
    }

    [TestCase("/v0/destinations/braze", "[]", "braze")]
    [TestCase("/v0/destinations/braze/proxy", "{}", "braze")]
    [TestCase("/v1/destinations/braze/proxy", "{}", "braze")]
    [TestCase("/routerTransform", """{"destType":"braze","input":[]}""", "braze")]
    [TestCase("/deleteUsers", """[{"destType":"braze"}]""", "braze")]
    [TestCase("/v0/destinations/a%22%0Ab", "[]", "a\"\nb")]
    public async Task An_unknown_destination_is_404_in_the_protocols_words(string path, string body, string name)
    {
        using HttpResponseMessage response = await Service.Rudder.PostAsync(path, body);

        Assert.That((int)response.StatusCode, Is.EqualTo(404));
        Assert.That((await RudderServer.ReadAsync(response)).GetProperty("error").GetString(), Is.EqualTo($"Unknown destination: {name}"));
    }

    [TestCase("/v0/destinations/CLEVERTAP", "[]")]
    [TestCase("/v0/destinations/%20CleverTap%20", "[]")]
    [TestCase("/routerTransform", """{"destType":" CLEVERTAP ","input":[]}""")]
    public async Task Its_name_may_be_spelt_in_any_case(string path, string body)
    {
        using HttpResponseMessage response = await Service.Rudder.PostAsync(path, body);

        Assert.That((int)response.StatusCode, Is.EqualTo(200));
    }

    [TestCase("POST", "/nowhere", 404)]
    [TestCase("POST", "/v2/destinations/clevertap/proxy", 404)]
    [TestCase("POST", "/v-1/destinations/clevertap/proxy", 404)]
    [TestCase("GET", "/routerTransform", 405)]
    [TestCase("DELETE", "/deleteUsers", 405)]
    public async Task Unknown_route_or_method_is_a_client_error(string method, string path, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using HttpResponseMessage response = await Service.Rudder.Http.SendAsync(request);

        Assert.That((int)response.StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task A_broken_body_is_400([ValueSource(nameof(AllPosts))] string path, [ValueSource(nameof(Broken))] TestCaseData body)
    {
        using HttpResponseMessage response = await Service.Rudder.PostAsync(path, (byte[])body.Arguments[0]!);

        Assert.That((int)response.StatusCode, Is.EqualTo(400));
        Assert.That((await RudderServer.ReadAsync(response)).GetProperty("error").GetString(), Is.Not.Empty);
    }

    [Test]
    public async Task Unusual_body_is_never_a_server_error(
        [ValueSource(nameof(AllPosts))] string path,
        [ValueSource(nameof(Odd))] TestCaseData body
    )
    {
        using HttpResponseMessage response = await Service.Rudder.PostAsync(path, (byte[])body.Arguments[0]!);

        Assert.That((int)response.StatusCode, Is.LessThan(500), await response.Content.ReadAsStringAsync());
    }

    private static string Deep => new string('[', 20_000) + new string(']', 20_000);

    private static string WithSettings(string value) =>
        $"{{\"message\":{{\"type\":\"track\",\"event\":\"e\",\"userId\":\"u\"}},\"destination\":{{\"Config\":{{\"a\":{value}}}}}}}";

    private static string[] AllPosts() => [.. Transforming, .. Delivering];

    private static TestCaseData Bytes(string name, ReadOnlySpan<byte> body) => new TestCaseData(body.ToArray()).SetArgDisplayNames(name);
}
