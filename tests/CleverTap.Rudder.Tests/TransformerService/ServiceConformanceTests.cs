using System.Text.Json;
using System.Text.Json.Nodes;
using CleverTap.Rudder.Tests.Conformance;

namespace CleverTap.Rudder.Tests.TransformerService;

/// <summary>Compares the service's responses with those of rudder-transformer for thousands of events.</summary>
public sealed class ServiceConformanceTests
{
    private const int ProcessorJobs = 100;
    private const int RouterJobs = 500;
    private const int MostDifferencesShown = 10;

    [TestCase("parity")]
    [TestCase("realistic")]
    public async Task The_processor_gets_what_the_reference_gives(string set)
    {
        var got = new Dictionary<long, JsonNode>();
        foreach (Job[] jobs in JobsOf(set).Chunk(ProcessorJobs))
        {
            foreach (IGrouping<long, ProcessorItem> job in (await Service.Rudder.ProcessAsync(jobs)).GroupBy(item => item.JobId))
            {
                got.Add(
                    job.Key,
                    job.First().Output is null
                        ? Failure(job.Single().Status, job.Single().Error!)
                        : new JsonArray([.. job.Select(item => WithoutUser(item.Output!.Value))])
                );
            }
        }

        await CompareAsync($"{set}, processor", set, got);
    }

    [TestCase("parity")]
    [TestCase("realistic")]
    public async Task The_router_gets_what_the_reference_gives(string set)
    {
        string[] expected = ReferenceData.Lines($"{set}.out.ndjson");
        var got = new Dictionary<long, JsonNode>();
        foreach (Job[] jobs in JobsOf(set).Chunk(RouterJobs))
        {
            foreach (RouterItem item in await Service.Rudder.RouteAsync(jobs))
            {
                Unpack(item, expected, got);
            }
        }

        await CompareAsync($"{set}, router", set, got, except: IsTransformed);
    }

    [Test]
    public async Task Each_hostile_event_gets_a_response([Values] bool fromRouter)
    {
        int responseCount = 0;
        foreach (Job[] jobs in JobsOf("hostile").Chunk(fromRouter ? RouterJobs : ProcessorJobs))
        {
            // Reading throws unless each job is there exactly once.
            if (fromRouter)
            {
                await Service.Rudder.RouteAsync(jobs);
            }
            else
            {
                await Service.Rudder.ProcessAsync(jobs);
            }

            responseCount += jobs.Length;
        }

        Assert.That(responseCount, Is.EqualTo(ReferenceData.Lines("hostile.in.ndjson").Length));
    }

    /// <summary>Returns line N as job N, with unchanged text.</summary>
    private static IEnumerable<Job> JobsOf(string set) =>
        ReferenceData.Lines($"{set}.in.ndjson").Select((line, index) => new Job(index + 1, null, null) { Rest = line.TrimStart()[1..] });

    /// <summary>Whether the router treats a job as pretransformed. The reference's responses are for events only.</summary>
    private static bool IsTransformed(string line) =>
        JsonNode.Parse(line)!["message"] is JsonObject message && message["statusCode"] is not null;

    /// <summary>Assigns the requests of a batch to jobs: each job has as many as in the reference, in the order of the metadata.</summary>
    private static void Unpack(RouterItem item, string[] expected, Dictionary<long, JsonNode> got)
    {
        if (item.BatchedRequest is not { } request)
        {
            got.Add(item.JobIds.Single(), Failure(item.Status, item.Error!));
            return;
        }

        var records = new Queue<JsonElement>(item.Records);
        JsonNode envelope = JsonNode.Parse(request.GetRawText())!;
        Assert.That(envelope["batched"]!.GetValue<bool>(), Is.True);
        envelope.AsObject().Remove("batched");
        foreach (long id in item.JobIds)
        {
            int count = JsonNode.Parse(expected[id - 1])!["output"] is JsonArray pair ? pair.Count : 1;
            var requests = new JsonArray();
            for (int i = 0; i < count && records.Count > 0; i++)
            {
                JsonNode one = envelope.DeepClone();
                one["body"]!["JSON"]!["d"] = new JsonArray(JsonNode.Parse(records.Dequeue().GetRawText()));
                requests.Add(one);
            }

            got.Add(id, requests);
        }

        Assert.That(records, Is.Empty, "records of no job");
    }

    private static JsonObject WithoutUser(JsonElement output)
    {
        JsonObject request = JsonNode.Parse(output.GetRawText())!.AsObject();
        Assert.That(request["userId"]!.GetValue<string>(), Is.Empty);
        request.Remove("userId");
        return request;
    }

    private static JsonObject Failure(int status, string error) => new() { ["error"] = error, ["status"] = status };

    private static JsonNode Expected(string line)
    {
        JsonNode response = JsonNode.Parse(line)!;
        if (response["error"] is { } error)
        {
            return Failure(response["status"]!.GetValue<int>(), error.GetValue<string>());
        }

        JsonNode output = response["output"]!.DeepClone();
        return output as JsonArray ?? [output];
    }

    private static string Canonical(JsonNode response)
    {
        foreach (JsonNode? request in response as JsonArray ?? [])
        {
            ReferenceData.WithTextIds(request!["body"]!["JSON"]!["d"]![0]!);
        }

        return CanonicalJson.Of(response.ToJsonString());
    }

    private static async Task CompareAsync(string what, string set, Dictionary<long, JsonNode> got, Predicate<string>? except = null)
    {
        string[] inputs = ReferenceData.Lines($"{set}.in.ndjson");
        string[] expected = ReferenceData.Lines($"{set}.out.ndjson");
        int[] lines = [.. Enumerable.Range(1, expected.Length).Where(line => except?.Invoke(inputs[line - 1]) != true)];
        string[] differences =
        [
            .. lines
                .Select(line => (Line: line, Expected: Canonical(Expected(expected[line - 1])), Got: Canonical(got[line])))
                .Where(line => line.Expected != line.Got)
                .Select(line => $"line {line.Line}\n  expected {line.Expected}\n  got      {line.Got}"),
        ];
        await TestContext.Out.WriteLineAsync($"{what}: {lines.Length - differences.Length} of {lines.Length} equal");
        Assert.That(
            (got.Count, differences.Length),
            Is.EqualTo((expected.Length, 0)),
            string.Join('\n', differences.Take(MostDifferencesShown))
        );
    }
}
