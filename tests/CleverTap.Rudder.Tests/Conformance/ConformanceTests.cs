using System.Text.Json.Nodes;

namespace CleverTap.Rudder.Tests.Conformance;

/// <summary>Compares the output of the tool with the responses of rudder-transformer to thousands of events.</summary>
public sealed class ConformanceTests
{
    private const int MaxDifferencesShown = 10;

    [TestCase("parity")]
    [TestCase("realistic")]
    public async Task RudderTransformer_preset_gives_the_records_of_the_reference(string set)
    {
        string[] inputs = ReferenceData.Lines($"{set}.in.ndjson");
        string[] expected = ReferenceData.Lines($"{set}.out.ndjson");

        ToolRun run = await ToolRun.StartAsync("transform", "--preset", "rudder-transformer", ReferenceData.PathOf($"{set}.in.ndjson"));

        string[] actual = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That((run.ExitCode, actual.Length), Is.EqualTo((0, inputs.Length)));
        string[] differences =
        [
            .. Enumerable
                .Range(0, inputs.Length)
                .Select(line =>
                    (Line: line + 1, Expected: Canonical(ReadExpected(expected[line])), Actual: Canonical(ReadActual(actual[line])))
                )
                .Where(line => line.Expected != line.Actual)
                .Select(line => $"line {line.Line}\n  expected {line.Expected}\n  actual   {line.Actual}"),
        ];
        await TestContext.Out.WriteLineAsync($"{set}: {inputs.Length - differences.Length} of {inputs.Length} equal");
        Assert.That(differences, Is.Empty, string.Join('\n', differences.Take(MaxDifferencesShown)));
    }

    [Test]
    public async Task Hostile_events_give_one_result_for_each_line([Values("default", "rudder-transformer")] string preset)
    {
        string[] inputs = ReferenceData.Lines("hostile.in.ndjson");

        ToolRun run = await ToolRun.StartAsync("transform", "--preset", preset, ReferenceData.PathOf("hostile.in.ndjson"));

        Assert.That((run.ExitCode, run.Results.Count, run.Error), Is.EqualTo((0, inputs.Length, "")));
        Assert.That(run.Results.Select(result => result.GetProperty("status").GetString()), Is.All.AnyOf("mapped", "filtered", "invalid"));
        Assert.That(
            run.Results.Where(result => result.GetProperty("status").GetString() == "invalid")
                .Select(result => result.GetProperty("error").GetProperty("message").GetString()),
            Is.All.Not.Empty
        );
    }

    /// <summary>Returns the records of the requests of the reference, or the text of its error.</summary>
    private static JsonNode ReadExpected(string line)
    {
        JsonNode response = JsonNode.Parse(line)!;
        if (response["error"] is { } error)
        {
            return error.DeepClone();
        }

        JsonNode output = response["output"]!;
        return new JsonArray([
            .. (output as JsonArray ?? [output.DeepClone()]).Select(request =>
                ReferenceData.WithTextIds(request!["body"]!["JSON"]!["d"]![0]!.DeepClone())
            ),
        ]);
    }

    private static JsonNode ReadActual(string line)
    {
        JsonNode result = JsonNode.Parse(line)!;
        return result["error"] is { } error
            ? error["message"]!.DeepClone()
            : new JsonArray([.. result["records"]!.AsArray().Select(record => ReferenceData.WithTextIds(record!.DeepClone()))]);
    }

    private static string Canonical(JsonNode node) => CanonicalJson.Of(node.ToJsonString());
}
