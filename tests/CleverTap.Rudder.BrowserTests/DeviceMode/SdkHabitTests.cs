using System.Text.Json.Nodes;
using CleverTap.Rudder.AspNetCore;

namespace CleverTap.Rudder.BrowserTests.DeviceMode;

/// <summary>What CleverTap's SDK does to what it is given, as the package's README says.</summary>
public sealed class SdkHabitTests
{
    [Test]
    public async Task Names_and_texts_lose_characters_and_null_is_left_out()
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
    public async Task Of_two_orders_with_one_id_the_second_is_not_sent()
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
    public async Task Attributes_that_the_browser_has_not_set_are_neither_counted_up_nor_deleted()
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
    public async Task Numbers_are_JavaScript_s()
    {
        await using Visit visit = await Visit.StartAsync(page => page.Track("Counted", new JsonObject { ["n"] = 9007199254740993 }));

        JsonObject message = (await visit.Traffic.MessagesAsync(1)).Single();

        Assert.That(message["evtData"]!["n"]!.ToJsonString(), Is.EqualTo("9007199254740992"));
    }

    [Test]
    public async Task Of_two_users_who_log_in_on_one_page_the_last_counts()
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
