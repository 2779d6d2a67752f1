using System.Buffers;
using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Tests.Delivery;
using CsCheck;

namespace CleverTap.Rudder.Tests.Protocol;

public sealed class ProtocolPropertyTests
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private static readonly RudderTransformerProtocol[] Protocols = [new(), new(MappingOptions.Default)];

    [Test]
    public void Any_request_gets_a_response_that_rudder_server_can_read() =>
        GenBody.Requests.Sample(request => AssertResponse(Encoding.UTF8.GetBytes(request)), iter: 8_000);

    [Test]
    public void Any_damaged_request_gets_a_response_that_rudder_server_can_read() =>
        GenBody.Damaged(GenBody.Requests).Sample(AssertResponse, iter: 8_000, print: Print);

    [Test]
    public void Every_job_is_in_exactly_one_item_and_no_batch_is_too_large() =>
        GenBody.Kinds.Sample(AssertPacking, iter: 60, print: kinds => $"{kinds.Length} jobs");

    [Test]
    public void Every_job_of_the_processor_has_its_items_in_order() =>
        GenBody.Kinds.Sample(AssertOrder, iter: 30, print: kinds => $"{kinds.Length} jobs");

    [Test]
    public Task Any_delivery_gets_a_response_and_is_sent_to_CleverTap_only() =>
        GenBody.Deliveries.SampleAsync(delivery => AssertSafeDelivery(Encoding.UTF8.GetBytes(delivery)), iter: 4_000, threads: 1);

    [Test]
    public Task Any_damaged_delivery_gets_a_response_and_is_sent_to_CleverTap_only() =>
        GenBody.Damaged(GenBody.Deliveries).SampleAsync(AssertSafeDelivery, iter: 4_000, threads: 1, print: Print);

    [Test]
    public Task Any_deletion_gets_a_response_and_is_sent_to_CleverTap_only() =>
        Gen.OneOf(GenBody.Damaged(GenBody.Deletions), GenBody.Deletions.Select(Encoding.UTF8.GetBytes))
            .SampleAsync(
                deletion => AssertSentToCleverTapOnly((proxy, response) => proxy.DeleteUsersAsync(deletion, response)),
                iter: 4_000,
                threads: 1,
                print: Print
            );

    private static void AssertResponse(byte[] request)
    {
        foreach (RudderTransformerProtocol protocol in Protocols)
        {
            var response = new ArrayBufferWriter<byte>();
            int status = protocol.Process(request, response);
            Check(status, Read(response), "output");

            response = new ArrayBufferWriter<byte>();
            status = protocol.Route(request, response);
            JsonElement body = Read(response);
            Check(status, status == 200 ? body.GetProperty("output") : body, "batchedRequest");
        }
    }

    private static void Check(int status, JsonElement response, string request)
    {
        if (status != 200)
        {
            Require(status is 400 or 404 && response.GetProperty("error").ValueKind == JsonValueKind.String, "A rejection says why");
            return;
        }

        foreach (JsonElement item in response.EnumerateArray())
        {
            Require(item.GetProperty("statusCode").GetInt32() is 200 or 298 or (>= 300 and < 600), "A status is one");
            if (item.TryGetProperty("statTags", out JsonElement tags))
            {
                Require(IsAllText(tags), "Tags are text");
            }

            if (item.TryGetProperty(request, out JsonElement sent))
            {
                Require(IsAllText(sent.GetProperty("headers")), "Headers are text");
            }
            else
            {
                Require(item.GetProperty("error").ValueKind == JsonValueKind.String, "An error is text");
            }
        }
    }

    private static void AssertPacking(GenBody.Kind?[] kinds)
    {
        (int status, JsonElement body) = ProtocolClient.Router(ProtocolClient.RouterBody(JobsOf(kinds)));
        JsonElement[] items = [.. body.GetProperty("output").EnumerateArray()];
        Require(status == 200, "The status is 200");
        if (kinds.Length == 0)
        {
            return;
        }

        List<int> seen = [];
        int nullJobs = 0;
        foreach (JsonElement item in items)
        {
            JsonElement[] metadata = [.. item.GetProperty("metadata").EnumerateArray()];
            int[] ids = [.. metadata.Where(one => one.TryGetProperty("jobId", out _)).Select(one => one.GetProperty("jobId").GetInt32())];
            nullJobs += metadata.Length - ids.Length;
            seen.AddRange(ids);
            Require(metadata.Length > 0, "An item is for some job");
            bool isBatch = item.TryGetProperty("batchedRequest", out JsonElement request);
            Require(ids.All(id => kinds[id]!.Records > 0 == isBatch), "Good jobs are in batches, bad ones are not");
            if (!isBatch)
            {
                continue;
            }

            int records = ProtocolClient.Records(request).GetArrayLength();
            Require(records <= 1000, "No batch is too large");
            Require(records == ids.Sum(id => kinds[id]!.Records), "A batch holds all records of its jobs");
            Require(ids.SequenceEqual(ids.Order()), "A batch keeps the order of its jobs");
        }

        Require(
            seen.Order().SequenceEqual(Enumerable.Range(0, kinds.Length).Where(id => kinds[id] is not null)),
            "Every job is in one item"
        );
        Require(nullJobs == kinds.Count(kind => kind is null), "Each element that is not a job is in one item");
    }

    private static void AssertOrder(GenBody.Kind?[] kinds)
    {
        // Only the router accepts pretransformed jobs.
        GenBody.Kind?[] events = [.. kinds.Where(kind => kind?.Message.Contains("statusCode", StringComparison.Ordinal) != true)];
        JsonElement[] items = ProtocolClient.Process(JobsOf(events));
        IEnumerable<int> expected = events.SelectMany(
            (kind, id) => Enumerable.Repeat(kind is null ? -1 : id, Math.Max(1, kind?.Records ?? 0))
        );
        Require(
            items
                .Select(item => item.GetProperty("metadata").TryGetProperty("jobId", out JsonElement id) ? id.GetInt32() : -1)
                .SequenceEqual(expected),
            "Items are in the order of the jobs"
        );
    }

    private static Task AssertSafeDelivery(byte[] delivery) =>
        AssertSentToCleverTapOnly(
            async (proxy, response) =>
            {
                await proxy.DeliverAsync(0, delivery, response);
                Read(response);
                response.ResetWrittenCount();
                return await proxy.DeliverAsync(1, delivery, response);
            }
        );

    private static async Task AssertSentToCleverTapOnly(Func<RudderTransformerProxy, ArrayBufferWriter<byte>, Task<int>> call)
    {
        var response = new ArrayBufferWriter<byte>();
        using var network = new CleverTapOnly();
        using var http = new HttpClient(network);
        int status = await call(new RudderTransformerProxy(http, new RudderTransformerOptions()), response);
        JsonElement body = Read(response);
        Require(status is >= 200 and < 600, "A status is one");
        Require(network.Stray is null, $"Nothing goes to {network.Stray}");
        if (
            body is { ValueKind: JsonValueKind.Object }
            && body.TryGetProperty("output", out JsonElement output)
            && output.TryGetProperty("statTags", out JsonElement tags)
        )
        {
            Require(IsAllText(tags), "Tags are text");
        }
    }

    private static IEnumerable<string> JobsOf(GenBody.Kind?[] kinds) =>
        kinds.Select((kind, id) => kind is null ? "null" : ProtocolClient.Job(id, kind.Message, kind.Destination));

    private static JsonElement Read(ArrayBufferWriter<byte> response)
    {
        Strict.GetCharCount(response.WrittenSpan);
        using JsonDocument document = JsonDocument.Parse(response.WrittenMemory, new JsonDocumentOptions { MaxDepth = 1000 });
        return document.RootElement.Clone();
    }

    private static bool IsAllText(JsonElement element) =>
        element.EnumerateObject().All(member => member.Value.ValueKind == JsonValueKind.String);

    private static void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"Does not hold: {what}");
        }
    }

    private static string Print(byte[] utf8) => $"{Encoding.UTF8.GetString(utf8)} ({Convert.ToHexString(utf8)})";

    private sealed class CleverTapOnly : HttpMessageHandler
    {
        public Uri? Stray { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Uri address = request.RequestUri!;
            if (
                address.Scheme != "https"
                || !(address.Host == "api.clevertap.com" || address.Host.EndsWith(".api.clevertap.com", StringComparison.Ordinal))
            )
            {
                Stray = address;
            }

            return ScriptedServer.Response(
                200,
                body: """{"status":"partial","processed":1,"unprocessed":[{"code":555,"error":"Skipped record number : 1"}]}"""
            );
        }
    }
}
