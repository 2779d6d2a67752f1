using System.Text;
using System.Text.Json;

namespace CleverTap.Rudder.Tests.Tool.Transform;

/// <summary><c>transform</c>: line N of the output belongs to event N of the input.</summary>
public sealed class TransformTests
{
    private const string Track = """{"type":"track","userId":"user-1","event":"Checked Out","properties":{"revenue":2000}}""";

    [Test]
    public async Task Each_line_gives_one_result_also_a_bad_one()
    {
        ToolRun run = await TransformAsync(
            Track,
            "{broken",
            "",
            """["not an object"]""",
            """{"type":"track","userId":"user-1","event":"e","integrations":{"All":false}}""",
            """{"type":"identify","userId":"user-1","traits":{"phone":"phone"}}""",
            """{"type":"track","userId":"user-1"}""",
            ""
        );

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Error, Is.Empty);
        Assert.That(run.Results.Select(result => result.GetProperty("index").GetInt32()), Is.EqualTo(Enumerable.Range(0, 7)));
        Assert.That(run.Results.Select(result => result.GetProperty("line").GetInt32()), Is.EqualTo(Enumerable.Range(1, 7)));
        Assert.That(
            run.Results.Select(StatusOf),
            Is.EqualTo(
                new[]
                {
                    "mapped",
                    "invalid NotJson",
                    "invalid NotJson",
                    "invalid NotAnObject",
                    "filtered Integrations",
                    "mapped",
                    "invalid EventNameMissing",
                }
            )
        );
        Assert.That(
            run.Results[0].GetProperty("records").GetRawText(),
            Is.EqualTo("""[{"type":"event","identity":"user-1","evtName":"Checked Out","evtData":{"revenue":2000}}]""")
        );
        Assert.That(run.Results[5].GetProperty("warnings")[0].GetProperty("field").GetString(), Is.EqualTo("Phone"));
        Assert.That(run.Results[6].GetProperty("error").GetProperty("field").GetString(), Is.EqualTo("event"));
        Assert.That(run.Results[6].GetProperty("error").GetProperty("message").GetString(), Is.Not.Empty);
    }

    [Test]
    public async Task An_envelope_brings_its_own_switches()
    {
        const string Anonymous = """{"type":"track","anonymousId":"anon-1","event":"e"}""";

        ToolRun run = await TransformAsync(
            Anonymous,
            ToolRun.Envelope(Anonymous, """{"trackAnonymous":false}"""),
            ToolRun.Envelope(
                """{"type":"track","userId":"user-1","anonymousId":"anon-1","event":"e"}""",
                """{"enableObjectIdMapping":true}"""
            ),
            """{"type":"track","userId":"user-1","event":"e","message":"a member of the event's own"}"""
        );

        Assert.That(run.Results.Select(StatusOf), Is.EqualTo(new[] { "mapped", "invalid UserIdMissing", "mapped", "mapped" }));
        Assert.That(run.Results[2].GetProperty("records")[0].GetProperty("objectId").GetString(), Is.EqualTo("anon-1"));
    }

    [Test]
    public async Task An_envelope_s_templates_are_filled_in_from_its_event()
    {
        const string Config = """{"enableObjectIdMapping":"{{ event.properties.device || }}"}""";
        const string Event = """{"type":"track","userId":"user-1","anonymousId":"anon-1","event":"e","properties":{}}""";

        ToolRun run = await TransformAsync(
            ToolRun.Envelope(Event.Replace("{}", """{"device":"yes","price":1}""", StringComparison.Ordinal), Config),
            ToolRun.Envelope(Event, Config)
        );

        Assert.That(
            run.Results.Select(result => result.GetProperty("records").GetRawText()),
            Is.EqualTo(
                new[]
                {
                    """[{"type":"event","objectId":"anon-1","evtName":"e","evtData":{"price":1}}]""",
                    """[{"type":"event","identity":"user-1","evtName":"e","evtData":{}}]""",
                }
            )
        );
    }

    [Test]
    public async Task An_envelope_s_environment_variable_that_is_not_set_is_an_invalid_line()
    {
        ToolRun run = await TransformAsync(ToolRun.Envelope(Track, """{"passcode":"env.NO_SUCH_PASSCODE"}"""), Track);

        Assert.That(run.Results.Select(StatusOf), Is.EqualTo(new[] { "invalid WrongKind", "mapped" }));
        Assert.That(
            run.Results[0].GetProperty("error").GetProperty("message").GetString(),
            Does.Contain("Config.passcode").And.Contain("environment variable NO_SUCH_PASSCODE")
        );
    }

    [Test]
    public async Task An_envelope_s_consents_filter_by_its_event_s_platform()
    {
        const string Config =
            """{"consentManagement":{"web":[{"provider":"custom","consents":[{"consent":"C1"}],"resolutionStrategy":"and"}]}}""";
        const string Event = """
            {"type":"track","channel":"web","userId":"user-1","event":"e","context":{"consentManagement":{"provider":"custom","deniedConsentIds":["C1"]}}}
            """;

        ToolRun run = await TransformAsync(
            ToolRun.Envelope(Event.Trim(), Config),
            ToolRun.Envelope(Event.Trim().Replace("\"web\"", "\"server\"", StringComparison.Ordinal), Config),
            """{"type":"group","userId":"user-1"}"""
        );

        Assert.That(run.Results.Select(StatusOf), Is.EqualTo(new[] { "filtered Consent", "mapped", "filtered TypeNotSupported" }));
    }

    [Test]
    public async Task A_call_without_a_counterpart_in_a_batch_is_filtered()
    {
        ToolRun run = await TransformAsync($$"""{"batch":[{"type":"group","userId":"user-1"},{{Track}}]}""");

        Assert.That(run.Results.Select(StatusOf), Is.EqualTo(new[] { "filtered TypeNotSupported", "mapped" }));
        Assert.That(run.Results[0].TryGetProperty("error", out _), Is.False);
    }

    [TestCase("""{"message":null}""", "NotAnObject", "message")]
    [TestCase("""{"message":7,"destination":{}}""", "NotAnObject", "message")]
    [TestCase("""{"message":{"type":"track","userId":"u","event":"e"},"destination":"none"}""", "WrongKind", "destination")]
    [TestCase("""{"message":{"type":"track","userId":"u","event":"e"},"destination":{"Config":[]}}""", "WrongKind", "destination.Config")]
    [TestCase("""{"message":{"type":"track","userId":"u","event":"e"}""", "NotJson", "")]
    public async Task A_bad_envelope_is_an_invalid_line(string line, string code, string field)
    {
        ToolRun run = await TransformAsync(line, Track);

        Assert.That(run.Results.Select(StatusOf), Is.EqualTo(new[] { $"invalid {code}", "mapped" }));
        Assert.That(run.Results[0].GetProperty("error").GetProperty("field").GetString(), Is.EqualTo(field));
    }

    [Test]
    public async Task Byte_order_mark_carriage_returns_and_a_missing_last_line_end_do_not_matter()
    {
        ToolRun run = await ToolRun.FeedAsync(Encoding.UTF8.GetBytes($"\uFEFF{Track}\r\n{Track}\r\n{Track}"), "transform");

        Assert.That(run.Results.Select(StatusOf), Is.EqualTo(new[] { "mapped", "mapped", "mapped" }));
    }

    [TestCase(1024 * 1024)]
    [TestCase(5 * 1024 * 1024)]
    public async Task A_line_that_is_too_large_is_told_and_passed_over(int length)
    {
        ToolRun run = await TransformAsync(Track, $$"""{"type":"track","userId":"user-1","event":"{{new string('x', length)}}"}""", Track);

        Assert.That(run.Results.Select(StatusOf), Is.EqualTo(new[] { "mapped", "invalid TooLarge", "mapped" }));
    }

    [Test]
    public async Task The_preset_decides_about_names()
    {
        byte[] input = Encoding.UTF8.GetBytes("""{"type":"identify","userId":"user-1","traits":{"favouriteColour":"red"}}""");

        ToolRun guide = await ToolRun.FeedAsync(input, "transform");
        ToolRun parity = await ToolRun.FeedAsync(input, "transform", "-", "--preset", "rudder-transformer");

        Assert.That(guide.Output, Does.Contain("favourite_colour"));
        Assert.That(parity.Output, Does.Contain("favouriteColour"));
    }

    private static Task<ToolRun> TransformAsync(params string[] lines) =>
        ToolRun.FeedAsync(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"), "transform");

    private static string StatusOf(JsonElement result)
    {
        string detail =
            result.TryGetProperty("error", out JsonElement error) ? error.GetProperty("code").GetString()!
            : result.TryGetProperty("reason", out JsonElement reason) ? reason.GetString()!
            : "";
        return $"{result.GetProperty("status").GetString()} {detail}".TrimEnd();
    }
}
