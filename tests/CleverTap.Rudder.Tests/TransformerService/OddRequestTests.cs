namespace CleverTap.Rudder.Tests.TransformerService;

/// <summary>Requests that rudder-server does not send. Each job still gets its own response.</summary>
internal sealed class OddRequestTests
{
    private const string Track = """{"type":"track","userId":"user","event":"e"}""";
    private static readonly string Good = Job.To("""{"accountId":"acc","passcode":"pass","region":"in1"}""");

    /// <summary>A job between two valid ones, and its status.</summary>
    private static IEnumerable<TestCaseData> Jobs()
    {
        yield return Case("numeric account id", 200, new(2, Track, Job.To("""{"accountId":12.0,"passcode":7}""")));
        yield return Case(
            "null settings",
            200,
            new(2, Track, Job.To("""{"accountId":null,"passcode":null,"region":null,"trackAnonymous":null,"enableObjectIdMapping":null}"""))
        );
        foreach (string setting in new[] { "\"accountId\":{}", "\"passcode\":[]", "\"region\":{}" })
        {
            yield return Case($"{setting} for a header", 400, new(2, Track, Job.To($"{{{setting}}}")));
        }

        yield return Case(
            "switches of wrong kinds",
            200,
            new(2, Track, Job.To("""{"trackAnonymous":"x","enableObjectIdMapping":[],"useNativeSDK":5}"""))
        );
        yield return Case("numeric region", 200, new(2, Track, Job.To("""{"region":5}""")));
        yield return Case("region that is no part of a host", 400, new(2, Track, Job.To("""{"region":"evil.example/?"}""")));
        yield return Case("no Config", 500, new(2, Track, """{"ID":"d-1"}"""));
        foreach (string config in new[] { "null", "[]", "\"text\"", "5", "true" })
        {
            yield return Case($"Config {config}", 500, new(2, Track, Job.To(config)));
        }

        foreach (string? destination in new[] { null, "null", "[]", "\"text\"", "5", "\"{{ event.x || y }}\"", "[\"{{ event.x || y }}\"]" })
        {
            yield return Case($"destination {destination ?? "missing"}", 500, new(2, Track, destination));
        }

        foreach (string? metadata in new[] { null, "null", "[]", "\"text\"", "5" })
        {
            yield return Case($"metadata {metadata ?? "missing"}", 200, new(2, Track, Good) { Metadata = metadata });
        }

        foreach (string? message in new[] { null, "null", "[]", "\"text\"", "5", "{}" })
        {
            yield return Case($"message {message ?? "missing"}", 400, new(2, message, Good));
        }

        foreach (string job in new[] { "null", "[]", "\"text\"", "5", "{}" })
        {
            yield return Case($"job {job}", 400, new(2, null, null) { Raw = job });
        }

        yield return Case(
            "numeric ids in metadata",
            400,
            new(2, "{}", Good) { Metadata = """{"jobId":2,"destinationId":5,"workspaceId":null}""" }
        );
        yield return Case(
            "escaped names",
            200,
            new(2, """{"\u0074ype":"tr\u0061ck","userId":"user","event":"e"}""", """{"\u0043onfig":{"r\u0065gion":"in1"}}""")
        );
        yield return Case(
            "template with a default",
            200,
            new(2, Track, Job.To("""{"accountId":"{{ event.x || \"y\" }}","region":"{{ message.region || in1 }}"}"""))
        );
        yield return Case(
            "template with an object",
            400,
            new(2, """{"type":"track","userId":"user","event":"e","x":{"y":1}}""", Job.To("""{"accountId":"{{ event.x || y }}"}"""))
        );
        yield return Case(
            "templates switched off",
            400,
            new(2, Track, """{"Config":{"region":"{{ event.x || in1 }}"},"hasDynamicConfig":false}""")
        );

        static TestCaseData Case(string name, int status, Job job) => new TestCaseData(job, status).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Jobs))]
    public async Task The_router_gets_a_response_for_each_job(Job odd, int status)
    {
        IReadOnlyList<RouterItem> items = await Service.Rudder.RouteAsync([Job.Track(1, Good), odd, Job.Track(3, Good)]);

        Assert.That(items.Single(item => item.JobIds.Contains(odd.RespondedId)).Status, Is.EqualTo(status));
        Assert.That(
            items.Where(item => item.JobIds.Contains(1) || item.JobIds.Contains(3)).Select(item => item.Status),
            Is.All.EqualTo(200)
        );
    }

    [TestCaseSource(nameof(Jobs))]
    public async Task The_processor_gets_a_response_for_each_job(Job odd, int status)
    {
        IReadOnlyList<ProcessorItem> items = await Service.Rudder.ProcessAsync([Job.Track(1, Good), odd, Job.Track(3, Good)]);

        Assert.That(items.Select(item => item.Status), Is.EqualTo(new[] { 200, status, 200 }));
    }

    [Test]
    public async Task A_numeric_account_id_becomes_a_text_and_a_null_one_no_header()
    {
        string destination = Job.To("""{"accountId":12,"passcode":null}""");

        RouterItem item = (await Service.Rudder.RouteAsync([Job.Track(1, destination)])).Single();

        Assert.That(
            item.BatchedRequest!.Value.GetProperty("headers").GetRawText(),
            Is.EqualTo("""{"X-CleverTap-Account-Id":"12","Content-Type":"application/json"}""")
        );
    }

    [Test]
    public async Task A_template_takes_its_value_from_the_event_or_else_its_default()
    {
        string destination = Job.To("""{"accountId":"{{ event.properties.account || \"y\" }}"}""");
        Job with = new(1, """{"type":"track","userId":"user","event":"e","properties":{"account":"mine","plan":"pro"}}""", destination);
        Job without = new(2, """{"type":"track","userId":"user","event":"e","properties":{"plan":"pro"}}""", destination);

        IReadOnlyList<RouterItem> items = await Service.Rudder.RouteAsync([with, without]);

        Assert.That(
            items.Select(item => item.BatchedRequest!.Value.GetProperty("headers").GetProperty("X-CleverTap-Account-Id").GetString()),
            Is.EqualTo(new[] { "mine", "y" })
        );
        Assert.That(items.Select(item => item.Records.Single().GetProperty("evtData").GetRawText()), Is.All.EqualTo("""{"plan":"pro"}"""));
        Assert.That(items.Select(item => item.Destination), Is.All.EqualTo(destination));
    }

    [Test]
    public async Task Template_with_a_path_that_is_too_deep_finds_nothing([Values(100, 20_000)] int depth)
    {
        string path = string.Join('.', Enumerable.Repeat("a", depth));
        string deep = string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
        Job job = new(
            1,
            $$"""{"type":"track","userId":"user","event":"e","a":{{deep}} }""",
            Job.To($$$"""{"accountId":"{{ event.a.{{{path}}} || y }}"}""")
        );

        IReadOnlyList<RouterItem> items = await Service.Rudder.RouteAsync([job, Job.Track(2, Good)]);

        Assert.That(items.Select(item => item.Status), Is.EquivalentTo(new[] { 400, 200 }));
    }
}
