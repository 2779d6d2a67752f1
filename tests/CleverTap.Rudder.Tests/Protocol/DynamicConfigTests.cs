using System.Text.Json;

namespace CleverTap.Rudder.Tests.Protocol;

/// <summary>Settings with templates, whose values come from the event.</summary>
public sealed class DynamicConfigTests
{
    private const string Event = """
        {"type":"track","userId":"u1","event":"Seen","properties":{"account":"acc-e","region":"sg1","n":5,"none":null,"no":false,"zero":0,
         "empty":"","bag":{"a":1,"b":2},"list":[1],"kept":1}}
        """;

    [TestCase("{{ event.properties.account || x }}", "acc-e")]
    [TestCase("{{ message.properties.account || x }}", "acc-e")]
    [TestCase("{{event.properties.account||x}}", "acc-e")]
    [TestCase("{{   event.properties.account   ||   x   }}", "acc-e")]
    [TestCase("{{ event.properties.n || x }}", "5")]
    [TestCase("{{ event.properties.missing || x }}", "x")]
    [TestCase("{{ event.properties.missing.deeper || x }}", "x")]
    [TestCase("{{ event.properties.account.deeper || x }}", "x")]
    [TestCase("{{ event.properties.none || x }}", "x")]
    [TestCase("{{ event.properties.missing || \\\"a b\\\" }}", "a b")]
    [TestCase("{{ event.properties.missing ||  }}", "")]
    [TestCase("{{ event.properties.missing || a || b }}", "a || b")]
    [TestCase("{{ metadata.workspaceId || x }}", "ws")]
    [TestCase(" {{ event.properties.account || x }}", "acc-e")]
    [TestCase("{{ event.properties.account || x }} ", "acc-e")]
    [TestCase("\\t\\r\\n {{ event.properties.account || x }}\\u00a0\\ufeff\\n", "acc-e")]
    [TestCase("  {{ event.properties.missing ||  x  }}  ", "x")]
    [TestCase("{{ event.properties.no || x }}", "false")]
    [TestCase("{{ event.properties.zero || x }}", "0")]
    [TestCase("{{ event.properties.empty || x }}", "")]
    [TestCase("{{ event || x }}", "x")]
    [TestCase("{{ other.properties.account || x }}", "x")]
    public void Template_is_replaced_by_a_value_of_the_event_or_its_default(string template, string expected) =>
        Assert.That(AccountId(template), Is.EqualTo(expected));

    [TestCase("{{ event.properties.account }}")]
    [TestCase("{{ event.properties.account | x }}")]
    [TestCase("{ event.properties.account || x }")]
    [TestCase("{{ event.properties[0] || x }}")]
    [TestCase("{{ event.1a || x }}")]
    [TestCase("{{ event..a || x }}")]
    [TestCase("{{ event.a-b || x }}")]
    [TestCase("{{ || x }}")]
    [TestCase("{{}}")]
    [TestCase("{{")]
    [TestCase("}}")]
    [TestCase("{{ event.properties.account || x }")]
    [TestCase("{{ event.properties.account || x }} b")]
    [TestCase("{{ event.é || x }}")]
    [TestCase("a {{ event.properties.account || x }}")]
    public void Text_that_is_not_a_template_stays_unchanged(string text) => Assert.That(AccountId(text), Is.EqualTo(text));

    [Test]
    public void Template_removes_its_value_from_the_event()
    {
        JsonElement item = ProtocolClient
            .Process(ProtocolClient.Job(1, Event, Destination("{{ event.properties.account || x }}")))
            .Single();

        JsonElement properties = ProtocolClient.Records(item.GetProperty("output"))[0].GetProperty("evtData");
        Assert.That(properties.TryGetProperty("account", out _), Is.False);
        Assert.That(properties.GetProperty("kept").GetInt32(), Is.EqualTo(1));
    }

    [TestCase("{{ event.properties.bag || x }}", "{{ event.properties.bag.a || gone }}", "gone")]
    [TestCase("{{ event.properties.bag.a || x }}", "{{ event.properties.bag.a || gone }}", "gone")]
    [TestCase("{{ event.properties.bag.a || x }}", "{{ event.properties.bag.b || gone }}", "2")]
    [TestCase("{{ event.properties.none || x }}", "{{ event.properties.none || y }}", "y")]
    public void Template_does_not_find_a_value_that_an_earlier_template_used(string first, string second, string expected)
    {
        string destination = $$"""{"ID":"dest-1","Config":{"first":"{{first}}","accountId":"{{second}}","passcode":"p"} }""";

        Assert.That(AccountIdOf(ProtocolClient.Process(ProtocolClient.Job(1, Event, destination)).Single()), Is.EqualTo(expected));
    }

    [Test]
    public void Template_of_an_object_omits_values_that_earlier_templates_used()
    {
        const string Deep = """{"type":"track","userId":"u1","event":"Seen","context":{"a":{"b":true,"c":1}}}""";
        string destination = ProtocolClient.DestinationWith(
            "\"x\":\"{{ event.context.a.b || }}\",\"trackAnonymous\":\"{{ event.context.a || }}\""
        );

        (JsonSlice message, JsonSlice filled) = DynamicConfig.Resolve(Value(Deep), Value("{}"), Value(destination));

        ProtocolClient.AssertEqual(ProtocolClient.Parse(filled.Span).GetProperty("Config").GetProperty("trackAnonymous"), """{"c":1}""");
        ProtocolClient.AssertEqual(ProtocolClient.Parse(message.Span), """{"type":"track","userId":"u1","event":"Seen","context":{}}""");

        static JsonSlice Value(string json) => JsonSlice.Parse(System.Text.Encoding.UTF8.GetBytes(json));
    }

    [Test]
    public void Template_uses_the_last_of_duplicate_members_and_removes_all()
    {
        const string Twice = """{"type":"track","userId":"u1","event":"Seen","properties":{"account":"old","n":1,"account":"new"}}""";

        JsonElement item = ProtocolClient
            .Process(ProtocolClient.Job(1, Twice, Destination("{{ event.properties.account || x }}")))
            .Single();

        Assert.That(AccountIdOf(item), Is.EqualTo("new"));
        ProtocolClient.AssertEqual(ProtocolClient.Records(item.GetProperty("output"))[0].GetProperty("evtData"), """{"n":1}""");
    }

    [TestCase("accountId", "{{ event.properties.bag || x }}", "Config.accountId must be text or a number")]
    [TestCase("accountId", "{{ event.properties.list || x }}", "Config.accountId must be text or a number")]
    [TestCase("passcode", "{{ event.properties.bag || x }}", "Config.passcode must be text or a number")]
    [TestCase("region", "{{ event.properties.list || x }}", "Config.region must be text")]
    public void Template_that_gives_a_header_an_object_or_array_is_an_error_with_the_setting(
        string setting,
        string template,
        string expected
    )
    {
        string destination = $$"""{"ID":"dest-1","Config":{"accountId":"acc","passcode":"p","{{setting}}":"{{template}}"} }""";

        string job = ProtocolClient.Job(1, Event, destination);

        foreach (JsonElement item in new[] { ProtocolClient.Process(job).Single(), ProtocolClient.Route(job).Single() })
        {
            Assert.That((ProtocolClient.StatusCode(item), item.GetProperty("error").GetString()), Is.EqualTo((400, expected)));
            Assert.That(item.GetProperty("statTags").GetProperty("errorType").GetString(), Is.EqualTo("configuration"));
        }
    }

    [TestCase("accountId")]
    [TestCase("passcode")]
    [TestCase("region")]
    public void Setting_that_is_an_object_without_a_template_is_the_same_error(string setting)
    {
        JsonElement item = ProtocolClient
            .Process(ProtocolClient.Job(1, Event, ProtocolClient.DestinationWith($"\"{setting}\":{{}}")))
            .Single();

        Assert.That(
            (ProtocolClient.StatusCode(item), item.GetProperty("error").GetString()!.Split(' ')[0]),
            Is.EqualTo((400, $"Config.{setting}"))
        );
    }

    [Test]
    public void Invalid_header_of_one_event_fails_no_other_job()
    {
        string destination = Destination("{{ event.properties.account || x }}");
        string bad = Event.Replace("\"acc-e\"", "{}", StringComparison.Ordinal);

        JsonElement[] items = ProtocolClient.Process(
            ProtocolClient.Job(1, Event, destination),
            ProtocolClient.Job(2, bad, destination),
            ProtocolClient.Job(3, Event, destination)
        );

        Assert.That(items.Select(ProtocolClient.StatusCode), Is.EqualTo(new[] { 200, 400, 200 }));
    }

    [Test]
    public void Template_may_give_the_region()
    {
        string destination = ProtocolClient.DestinationWith("\"region\":\"{{ event.properties.region || none }}\"");

        Assert.That(
            ProtocolClient
                .Process(ProtocolClient.Job(1, Event, destination))
                .Single()
                .GetProperty("output")
                .GetProperty("endpoint")
                .GetString(),
            Is.EqualTo("https://sg1.api.clevertap.com/1/upload")
        );
    }

    [Test]
    public void Template_region_cannot_lead_to_another_host()
    {
        string destination = ProtocolClient.DestinationWith("\"region\":\"{{ event.properties.region || none }}\"");
        string evil = Event.Replace("sg1", "evil.com/", StringComparison.Ordinal);

        Assert.That(ProtocolClient.StatusCode(ProtocolClient.Process(ProtocolClient.Job(1, evil, destination)).Single()), Is.EqualTo(400));
    }

    [Test]
    public void Template_may_give_a_switch()
    {
        string destination = ProtocolClient.DestinationWith("\"trackAnonymous\":\"{{ event.context.anonymous || }}\"");
        const string anonymous = """{"type":"track","anonymousId":"a","event":"Seen","context":{"anonymous":true}}""";

        Assert.That(
            ProtocolClient.StatusCode(ProtocolClient.Process(ProtocolClient.Job(1, anonymous, destination)).Single()),
            Is.EqualTo(200)
        );
        Assert.That(
            ProtocolClient.StatusCode(
                ProtocolClient
                    .Process(ProtocolClient.Job(1, anonymous.Replace("true", "false", StringComparison.Ordinal), destination))
                    .Single()
            ),
            Is.EqualTo(400)
        );
    }

    [Test]
    public void Templates_are_plain_text_when_dynamic_config_is_off()
    {
        string destination = Destination("{{ event.properties.account || x }}", ",\"hasDynamicConfig\":false");
        JsonElement output = ProtocolClient.Process(ProtocolClient.Job(1, Event, destination)).Single().GetProperty("output");

        Assert.That(
            output.GetProperty("headers").GetProperty("X-CleverTap-Account-Id").GetString(),
            Is.EqualTo("{{ event.properties.account || x }}")
        );
        Assert.That(ProtocolClient.Records(output)[0].GetProperty("evtData").GetProperty("account").GetString(), Is.EqualTo("acc-e"));
    }

    [Test]
    public void Templates_outside_Config_stay_unchanged()
    {
        string destination = ProtocolClient.DestinationWith("\"x\":1", more: ",\"Name\":\"{{ event.properties.account || x }}\"");
        JsonElement output = ProtocolClient.Process(ProtocolClient.Job(1, Event, destination)).Single().GetProperty("output");

        Assert.That(ProtocolClient.Records(output)[0].GetProperty("evtData").GetProperty("account").GetString(), Is.EqualTo("acc-e"));
    }

    [Test]
    public void The_router_echoes_the_destination_with_its_templates()
    {
        string destination = Destination("{{ event.properties.account || x }}");

        JsonElement[] items = ProtocolClient.Route(
            ProtocolClient.Job(1, Event, destination),
            ProtocolClient.Job(2, ProtocolClient.Nonsense, destination)
        );

        Assert.That(items.Select(item => item.GetProperty("destination").GetRawText()), Is.All.EqualTo(destination));
    }

    [Test]
    public void Router_groups_jobs_by_the_resolved_settings()
    {
        string destination = Destination("{{ event.properties.account || x }}");
        string other = Event.Replace("acc-e", "acc-f", StringComparison.Ordinal);

        JsonElement[] items = ProtocolClient.Route(
            ProtocolClient.Job(1, Event, destination),
            ProtocolClient.Job(2, other, destination),
            ProtocolClient.Job(3, Event, destination),
            ProtocolClient.Job(4, destination: destination)
        );

        Assert.That(items.Select(ProtocolClient.Ids), Is.EqualTo(new[] { new[] { 1, 3 }, [2], [4] }));
        Assert.That(
            items.Select(item =>
                item.GetProperty("batchedRequest").GetProperty("headers").GetProperty("X-CleverTap-Account-Id").GetString()
            ),
            Is.EqualTo(new[] { "acc-e", "acc-f", "x" })
        );
    }

    [Test]
    public void Template_with_a_very_long_path_gets_a_response()
    {
        const int depth = 20_000;
        string path = "event" + string.Concat(Enumerable.Repeat(".a", depth));
        string message = string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);

        Assert.That(ProtocolClient.Process(ProtocolClient.Job(1, message, Destination($"{{{{ {path} || x }}}}"))), Has.Length.EqualTo(1));
    }

    private static string Destination(string account, string more = "") =>
        $$"""{"ID":"dest-1","Config":{"accountId":"{{account}}","passcode":"p"}{{more}}}""";

    private static string? AccountId(string template) =>
        AccountIdOf(ProtocolClient.Process(ProtocolClient.Job(1, Event, Destination(template))).Single());

    private static string? AccountIdOf(JsonElement item) =>
        item.GetProperty("output").GetProperty("headers").GetProperty("X-CleverTap-Account-Id").GetString();
}
