using System.Text.Json;

namespace CleverTap.Rudder.Tests.Protocol;

/// <summary>Settings that come from the event.</summary>
public sealed class DynamicConfigTests
{
    private const string Event = """{"type":"track","userId":"u1","event":"Seen","properties":{"account":"acc-e","region":"sg1","n":5,"none":null,"zero":0,"empty":"","kept":1}}""";

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
    public void A_template_stands_for_a_value_of_the_event_or_its_default(string template, string expected) =>
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
    [TestCase("a {{ event.properties.account || x }}")]
    public void What_is_no_template_stays_as_it_is(string text) => Assert.That(AccountId(text), Is.EqualTo(text));

    [Test]
    public void The_event_no_longer_holds_what_went_into_the_settings()
    {
        JsonElement item = Ask.Process(Ask.Job(1, Event, Destination("{{ event.properties.account || x }}"))).Single();

        JsonElement properties = Ask.Records(item.GetProperty("output"))[0].GetProperty("evtData");
        Assert.That(properties.TryGetProperty("account", out _), Is.False);
        Assert.That(properties.GetProperty("kept").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public void A_region_may_come_from_the_event()
    {
        string destination = Ask.DestinationWith("\"region\":\"{{ event.properties.region || none }}\"");

        Assert.That(Ask.Process(Ask.Job(1, Event, destination)).Single().GetProperty("output").GetProperty("endpoint").GetString(), Is.EqualTo("https://sg1.api.clevertap.com/1/upload"));
    }

    [Test]
    public void A_region_of_the_event_leads_nowhere_else()
    {
        string destination = Ask.DestinationWith("\"region\":\"{{ event.properties.region || none }}\"");
        string evil = Event.Replace("sg1", "evil.com/", StringComparison.Ordinal);

        Assert.That(Ask.StatusCode(Ask.Process(Ask.Job(1, evil, destination)).Single()), Is.EqualTo(400));
    }

    [Test]
    public void A_switch_may_come_from_the_event()
    {
        string destination = Ask.DestinationWith("\"trackAnonymous\":\"{{ event.context.anonymous || }}\"");
        const string anonymous = """{"type":"track","anonymousId":"a","event":"Seen","context":{"anonymous":true}}""";

        Assert.That(Ask.StatusCode(Ask.Process(Ask.Job(1, anonymous, destination)).Single()), Is.EqualTo(200));
        Assert.That(Ask.StatusCode(Ask.Process(Ask.Job(1, anonymous.Replace("true", "false", StringComparison.Ordinal), destination)).Single()), Is.EqualTo(400));
    }

    [Test]
    public void Without_dynamic_config_templates_are_text_like_any_other()
    {
        string destination = Destination("{{ event.properties.account || x }}", ",\"hasDynamicConfig\":false");
        JsonElement output = Ask.Process(Ask.Job(1, Event, destination)).Single().GetProperty("output");

        Assert.That(output.GetProperty("headers").GetProperty("X-CleverTap-Account-Id").GetString(), Is.EqualTo("{{ event.properties.account || x }}"));
        Assert.That(Ask.Records(output)[0].GetProperty("evtData").GetProperty("account").GetString(), Is.EqualTo("acc-e"));
    }

    [Test]
    public void Templates_outside_of_Config_are_left_alone()
    {
        string destination = Ask.DestinationWith("\"x\":1", more: ",\"Name\":\"{{ event.properties.account || x }}\"");
        JsonElement output = Ask.Process(Ask.Job(1, Event, destination)).Single().GetProperty("output");

        Assert.That(Ask.Records(output)[0].GetProperty("evtData").GetProperty("account").GetString(), Is.EqualTo("acc-e"));
    }

    [Test]
    public void The_router_echoes_the_destination_with_its_templates()
    {
        string destination = Destination("{{ event.properties.account || x }}");

        JsonElement[] items = Ask.Route(Ask.Job(1, Event, destination), Ask.Job(2, Ask.Nonsense, destination));

        Assert.That(items.Select(item => item.GetProperty("destination").GetRawText()), Is.All.EqualTo(destination));
    }

    [Test]
    public void The_router_groups_by_what_the_templates_stand_for()
    {
        string destination = Destination("{{ event.properties.account || x }}");
        string other = Event.Replace("acc-e", "acc-f", StringComparison.Ordinal);

        JsonElement[] items = Ask.Route(Ask.Job(1, Event, destination), Ask.Job(2, other, destination), Ask.Job(3, Event, destination), Ask.Job(4, destination: destination));

        Assert.That(items.Select(Ask.Ids), Is.EqualTo(new[] { new[] { 1, 3 }, [2], [4] }));
        Assert.That(
            items.Select(item => item.GetProperty("batchedRequest").GetProperty("headers").GetProperty("X-CleverTap-Account-Id").GetString()),
            Is.EqualTo(new[] { "acc-e", "acc-f", "x" }));
    }

    [Test]
    public void A_template_of_endless_depth_is_answered()
    {
        const int depth = 20_000;
        string path = "event" + string.Concat(Enumerable.Repeat(".a", depth));
        string message = string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);

        Assert.That(Ask.Process(Ask.Job(1, message, Destination($"{{{{ {path} || x }}}}"))), Has.Length.EqualTo(1));
    }

    private static string Destination(string account, string more = "") => $$"""{"ID":"dest-1","Config":{"accountId":"{{account}}","passcode":"p"}{{more}}}""";

    private static string? AccountId(string template) => Ask.Process(Ask.Job(1, Event, Destination(template))).Single()
        .GetProperty("output").GetProperty("headers").GetProperty("X-CleverTap-Account-Id").GetString();
}
