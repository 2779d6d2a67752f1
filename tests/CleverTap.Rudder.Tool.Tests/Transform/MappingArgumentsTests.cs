namespace CleverTap.Rudder.Tests.Tool.Transform;

/// <summary><c>--mapping</c> and <c>--config</c> change what events become.</summary>
public sealed class MappingArgumentsTests
{
    private const string Anonymous = """{"type":"track","anonymousId":"a","event":"Tapped","properties":{"plan":"free","size":1}}""";

    [TestCase("filtered", "DenyEvents=Tapped")]
    [TestCase("filtered", "DenyEvents=Other", "DenyEvents=Tapped")]
    [TestCase("invalid", "TrackAnonymous=false")]
    [TestCase("mapped", "TrackAnonymous=true")]
    public async Task Mapping_sets_a_member(string status, params string[] settings)
    {
        ToolRun run = await ToolRun.FeedLinesAsync(
            [Anonymous],
            ["transform", .. settings.SelectMany(setting => new[] { "--mapping", setting })]
        );

        Assert.That(run.Results.Single().GetProperty("status").GetString(), Is.EqualTo(status), run.Error);
    }

    [Test]
    public async Task Mapping_renames_a_property()
    {
        ToolRun run = await ToolRun.FeedLinesAsync([Anonymous], "transform", "--mapping", "RenameProperties:plan=Plan");

        Assert.That(run.Output, Does.Contain("\"Plan\":\"free\""), run.Error);
    }

    [TestCase("""{"trackAnonymous":false}""")]
    [TestCase("""{"Config":{"trackAnonymous":false}}""")]
    public async Task Config_applies_the_switches_of_a_destination(string json)
    {
        string path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, json);

        ToolRun run = await ToolRun.FeedLinesAsync([Anonymous], "transform", "--config", path);

        File.Delete(path);
        Assert.That(run.Results.Single().GetProperty("status").GetString(), Is.EqualTo("invalid"), run.Error);
    }
}
