using System.Text.Json.Nodes;
using System.Web;
using CleverTap.Rudder.AspNetCore;

namespace CleverTap.Rudder.BrowserTests.DeviceMode;

/// <summary>Messages of CleverTap's real web SDK for events that are not in the guide.</summary>
public sealed class ShopperTests
{
    private static readonly IdentifyEvent Jane = new()
    {
        UserId = "jane",
        Traits = new JsonObject
        {
            ["email"] = "jane@example.com",
            ["phone"] = "+14155551234",
            ["gender"] = "female",
            ["birthday"] = "1990-01-01",
            ["married"] = true,
            ["education"] = "graduate",
            ["MSG-push"] = false,
            ["Customer Since"] = "$D_1700000000",
            ["Flagged"] = false,
        },
    };

    [Test]
    public async Task Standard_fields_equal_cloud_mode_except_that_the_phone_is_a_number()
    {
        await using Visit visit = await Visit.StartAsync(page => page.Add(Jane));

        JsonObject message = (await visit.Traffic.MessagesAsync(1)).Single();

        CleverTapRecord cloud = CleverTapTransformer.Default.Transform(Jane).Records.Single();
        string[] differences = [.. Fields.Compare(Fields.FromRecord(cloud), Fields.FromMessage(message))];
        await visit.SaveArtifactsAsync("device-mode-shopper", differences);
        Assert.That(differences, Is.EqualTo(new[] { "Phone: \"+14155551234\" -> 14155551234", "tz: nothing -> \"GMT+0900\"" }));
        Assert.That(message["isOUL"]!.GetValue<bool>(), "a login");
    }

    [Test]
    public async Task Profile_with_only_wrong_fields_still_logs_the_user_in()
    {
        await using Visit visit = await Visit.StartAsync(page =>
            page.Identify(
                "jane",
                new JsonObject
                {
                    ["gender"] = true,
                    ["employed"] = 7,
                    ["education"] = "none",
                    ["phone"] = 4155551234,
                    ["birthday"] = "soon",
                }
            )
        );

        JsonObject message = (await visit.Traffic.MessagesAsync(1)).Single();

        Assert.That(Fields.FromMessage(message).Keys, Is.EquivalentTo(new[] { "(type)", "Identity", "tz" }));
    }

    [Test]
    public async Task Date_like_text_is_sent_as_text_where_the_SDK_expects_no_date()
    {
        await using Visit visit = await Visit.StartAsync(page =>
            page.Identify(
                "$D_7",
                new JsonObject
                {
                    ["email"] = "$D_1",
                    ["gender"] = "$D_2",
                    ["employed"] = "$D_3",
                    ["education"] = "$D_4",
                    ["phone"] = "$D_5",
                    ["married"] = "$D_6",
                    ["plan"] = "pro",
                }
            )
        );

        JsonObject message = (await visit.Traffic.MessagesAsync(1)).Single();

        Assert.That(message["profile"]!["Identity"]!.GetValue<string>(), Is.EqualTo("$D_7"));
        Assert.That(Fields.FromMessage(message).Keys, Is.EquivalentTo(new[] { "(type)", "Email", "Identity", "plan", "tz" }));
    }

    [Test]
    public async Task Second_identify_call_and_operators_change_the_profile()
    {
        await using Visit visit = await Visit.StartAsync(page =>
        {
            page.Identify("jane", new JsonObject { ["plan"] = "free", ["visits"] = 1 });
            page.Identify(
                "jane",
                new JsonObject
                {
                    ["plan"] = "pro",
                    ["tags"] = new JsonObject { ["$add"] = new JsonArray("vip", "gold") },
                    ["visits"] = new JsonObject { ["$incr"] = 2 },
                }
            );
        });

        IReadOnlyList<JsonObject> messages = await visit.Traffic.MessagesAsync(4);

        Assert.That(messages.Select(message => message["isOUL"] is not null), Is.EqualTo(new[] { true, false, false, false }));
        Assert.That(messages[0]["profile"]!["plan"]!.GetValue<string>(), Is.EqualTo("free"));
        Assert.That(messages[1]["profile"]!["plan"]!.GetValue<string>(), Is.EqualTo("pro"));
        Assert.That(messages[2]["profile"]!["tags"]!.ToJsonString(), Is.EqualTo("""{"$add":["vip","gold"]}"""));
        Assert.That(messages[3]["profile"]!["visits"]!.ToJsonString(), Is.EqualTo("""{"$incr":2}"""));
    }

    [Test]
    public async Task Dates_in_events_and_items_are_sent_as_dates()
    {
        await using Visit visit = await Visit.StartAsync(page =>
        {
            page.Track("Booked", new JsonObject { ["day"] = "$D_-86400", ["Site"] = "shop" });
            page.Track(
                "Order Completed",
                new JsonObject
                {
                    ["order_id"] = "o-1",
                    ["sent"] = "$D_1700000000",
                    ["products"] = new JsonArray(new JsonObject { ["made"] = "$D_1600000000" }),
                }
            );
        });

        IReadOnlyList<JsonObject> messages = await visit.Traffic.MessagesAsync(2);

        Assert.That(messages[0]["evtData"]!["day"]!.GetValue<string>(), Is.EqualTo("$D_-86400"));
        Assert.That(messages[1]["evtData"]!["sent"]!.GetValue<string>(), Is.EqualTo("$D_1700000000"));
        Assert.That(messages[1]["evtData"]!["Items"]![0]!["made"]!.GetValue<string>(), Is.EqualTo("$D_1600000000"));
    }

    [Test]
    public async Task Opt_out_is_the_only_message_of_a_user_who_opted_out()
    {
        await using Visit visit = await Visit.StartAsync(page =>
        {
            page.OptOut = true;
            page.Add(Jane);
            page.Track("Seen");
        });

        JsonObject message = (await visit.Traffic.MessagesAsync(1)).Single();

        Assert.That(message["profile"]!.ToJsonString(), Is.EqualTo("""{"ct_optout":true}"""));
    }

    [Test]
    public async Task UseIp_is_sent_with_every_request()
    {
        await using Visit visit = await Visit.StartAsync(page =>
        {
            page.UseIp = true;
            page.Track("Seen");
        });

        await visit.Traffic.MessagesAsync(1);

        Assert.That(
            visit.Traffic.Requests.Select(request => HttpUtility.ParseQueryString(request.Query)["useIP"]),
            Has.All.EqualTo("true")
        );
    }
}
