using System.Text.Json.Nodes;
using CleverTap.Rudder.AspNetCore;

namespace CleverTap.Rudder.BrowserTests.DeviceMode;

/// <summary>The changes that CleverTap's SDK makes to its input, as documented in the README of the package.</summary>
public sealed class SdkHabitTests
{
    [Test]
    public async Task SDK_removes_characters_from_names_and_texts_and_omits_null()
    {
        await using Visit visit = await Visit.StartAsync(page =>
        {
            page.Track(" a.b:c$d'e\"f\\g ", new JsonObject { [" h.i:j$k'l\"m\\n "] = " o.p:q$r's\"t\\u ", ["none"] = null });
            page.Track("Long", new JsonObject { ["text"] = new string('x', 1025) });
        });

        IReadOnlyList<JsonObject> messages = await visit.Traffic.MessagesAsync(2);

        Assert.That(messages[0]["evtName"]!.GetValue<string>(), Is.EqualTo("abcdefg"));
        Assert.That(messages[0]["evtData"]!.ToJsonString(), Is.EqualTo("""{"hijklmn":"o.p:q$rstu"}"""));
        Assert.That(messages[1]["evtData"]!["text"]!.GetValue<string>(), Has.Length.EqualTo(1024));
    }

    [Test]
    public async Task SDK_sends_only_the_first_of_two_orders_with_the_same_id()
    {
        await using Visit visit = await Visit.StartAsync(page =>
        {
            page.Track("Order Completed", new JsonObject { ["order_id"] = "o-1", ["total"] = 1 });
            page.Track("Order Completed", new JsonObject { ["order_id"] = "o-1", ["total"] = 2 });
            page.Track("Seen");
        });

        IReadOnlyList<JsonObject> messages = await visit.Traffic.MessagesAsync(2);

        Assert.That(messages.Select(message => message["evtName"]!.GetValue<string>()), Is.EqualTo(new[] { "Charged", "Seen" }));
    }

    [Test]
    public async Task SDK_ignores_operators_on_attributes_that_the_browser_has_not_set()
    {
        await using Visit visit = await Visit.StartAsync(page =>
            page.Identify(
                "jane",
                new JsonObject
                {
                    ["visits"] = new JsonObject { ["$incr"] = 1 },
                    ["old"] = new JsonObject { ["$delete"] = 1 },
                    ["tags"] = new JsonObject { ["$set"] = new JsonArray("vip") },
                }
            )
        );

        IReadOnlyList<JsonObject> messages = await visit.Traffic.MessagesAsync(2);

        Assert.That(messages, Has.Count.EqualTo(2));
        Assert.That(messages[0]["profile"]!["Identity"]!.GetValue<string>(), Is.EqualTo("jane"));
        Assert.That(messages[1]["profile"]!["tags"]!.ToJsonString(), Is.EqualTo("""{"$set":["vip"]}"""));
    }

    [Test]
    public async Task SDK_rounds_numbers_as_JavaScript_does()
    {
        await using Visit visit = await Visit.StartAsync(page => page.Track("Counted", new JsonObject { ["n"] = 9007199254740993 }));

        JsonObject message = (await visit.Traffic.MessagesAsync(1)).Single();

        Assert.That(message["evtData"]!["n"]!.ToJsonString(), Is.EqualTo("9007199254740992"));
    }

    [Test]
    public async Task SDK_sends_only_the_last_login_of_a_page()
    {
        await using Visit visit = await Visit.StartAsync(page =>
        {
            page.Identify("jane");
            page.Identify("joe");
            page.Track("Seen");
        });

        IReadOnlyList<JsonObject> messages = await visit.Traffic.MessagesAsync(2);

        Assert.That(messages, Has.Count.EqualTo(2));
        Assert.That(messages[0]["profile"]!["Identity"]!.GetValue<string>(), Is.EqualTo("joe"));
    }
}
