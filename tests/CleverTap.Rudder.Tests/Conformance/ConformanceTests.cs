using System.Text.Json.Nodes;
using CleverTap.Rudder.Tests.Mapping;
using CleverTap.Rudder.Tests.Quickstart;

namespace CleverTap.Rudder.Tests.Conformance;

/// <summary>
/// What rudder-transformer answered to thousands of events, against what the Quickstart prints for them.
/// </summary>
public sealed class ConformanceTests
{
    private const int MostDifferencesShown = 10;

    [TestCase("parity")]
    [TestCase("realistic")]
    public async Task The_preset_RudderTransformer_gives_what_the_reference_gives(string set)
    {
        string[] inputs = ReferenceData.Lines($"{set}.in.ndjson");
        string[] expected = ReferenceData.Lines($"{set}.out.ndjson");

        QuickstartRun run = await QuickstartRun.StartAsync(
            "--transform",
            "--preset",
            "rudder-transformer",
            "--input",
            ReferenceData.PathOf($"{set}.in.ndjson")
        );

        string[] got = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That((run.ExitCode, got.Length), Is.EqualTo((0, inputs.Length)));
        string[] differences =
        [
            .. Enumerable
                .Range(0, inputs.Length)
                .Select(line => (Line: line + 1, Expected: Canonical(Expected(expected[line])), Got: Canonical(Got(got[line]))))
                .Where(line => line.Expected != line.Got)
                .Select(line => $"line {line.Line}\n  expected {line.Expected}\n  got      {line.Got}"),
        ];
        await TestContext.Out.WriteLineAsync($"{set}: {inputs.Length - differences.Length} of {inputs.Length} equal");
        Assert.That(differences, Is.Empty, string.Join('\n', differences.Take(MostDifferencesShown)));
    }

    [Test]
    public async Task Hostile_events_give_a_line_for_a_line([Values("default", "rudder-transformer")] string preset)
    {
        string[] inputs = ReferenceData.Lines("hostile.in.ndjson");

        QuickstartRun run = await QuickstartRun.StartAsync(
            "--transform",
            "--preset",
            preset,
            "--input",
            ReferenceData.PathOf("hostile.in.ndjson")
        );

        Assert.That((run.ExitCode, run.Results.Count, run.Error), Is.EqualTo((0, inputs.Length, "")));
        Assert.That(run.Results.Select(result => result.GetProperty("status").GetString()), Is.All.AnyOf("mapped", "filtered", "invalid"));
        Assert.That(
            run.Results.Where(result => result.GetProperty("status").GetString() == "invalid")
                .Select(result => result.GetProperty("error").GetProperty("message").GetString()),
            Is.All.Not.Empty
        );
    }

    /// <summary>The records of the reference's requests, or the text of its error.</summary>
    private static JsonNode Expected(string line)
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

    private static JsonNode Got(string line)
    {
        JsonNode result = JsonNode.Parse(line)!;
        return result["error"] is { } error
            ? error["message"]!.DeepClone()
            : new JsonArray([.. result["records"]!.AsArray().Select(record => ReferenceData.WithTextIds(record!.DeepClone()))]);
    }

    private static string Canonical(JsonNode node) => CanonicalJson.Of(node.ToJsonString());
}
