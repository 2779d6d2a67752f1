using System.Text.Json;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Tests.Testing.NodeClient;

/// <summary>CleverTap's own node client calls the emulator.</summary>
public sealed class NodeClientTests
{
    private static readonly NodeScript Client = new("NodeClient", "clevertap");

    private CleverTapEmulator cleverTap = null!;

    [OneTimeSetUp]
    public Task Install() => Client.InstallAsync();

    [SetUp]
    public async Task Start() => cleverTap = await CleverTapEmulator.StartAsync();

    [TearDown]
    public async Task Stop() => await cleverTap.DisposeAsync();

    [Test]
    public async Task Events_profiles_and_tokens_are_uploaded()
    {
        JsonElement[] results = await CallAsync(
            """
            ["upload", [
              {"type":"event","identity":"u1","ts":1704067200,"evtName":"choseNewFavoriteFood","evtData":{"value":"sushi"}},
              {"type":"profile","identity":"u1","ts":1704067200,"profileData":{
                "favoriteColor":"green","Age":30,"Phone":"+14155551234","Email":"peter@foo.com"}},
              {"type":"event","FBID":"34322423","evtName":"Product viewed","evtData":{"Product name":"Watch","Price":59.99}},
              {"type":"profile","objectId":"-2ce3cca260664f70b82b1c6bb505f462","profileData":{"favoriteFood":"hot dogs"}},
              {"type":"event","identity":"u2","evtName":"Charged","evtData":{"Amount":300,"Items":[{"Category":"books","Quantity":1}]}}
            ], {"batchSize":1000}]
            """,
            """["upload", [{"type":"event","identity":"u1","evtName":"One","evtData":{}}]]""",
            """["uploadDeviceTokens", [{"type":"token","objectId":"device","tokenData":{"id":"t-1","type":"fcm"}}]]"""
        );

        AssertJson(results[0], """{"status":"success","processed":5,"unprocessed":[]}""");
        AssertJson(results[1], """{"status":"success","processed":1,"unprocessed":[]}""");
        AssertJson(results[2], """{"status":"success","processed":1,"unprocessed":[]}""");
        Assert.That(
            cleverTap.Events.Select(stored => $"{stored.Identity} {stored.Name}"),
            Is.EqualTo(new[] { "u1 choseNewFavoriteFood", "34322423 Product viewed", "u2 Charged", "u1 One" })
        );
        Assert.That(cleverTap.Profiles["u1"].Attributes["Email"].GetString(), Is.EqualTo("peter@foo.com"));
        Assert.That(cleverTap.Profiles["-2ce3cca260664f70b82b1c6bb505f462"].Attributes, Does.ContainKey("favoriteFood"));
        Assert.That(cleverTap.Profiles["device"].DeviceTokens.Single().Id, Is.EqualTo("t-1"));
    }

    [Test]
    public async Task A_long_upload_is_sent_in_batches_of_100()
    {
        string records = string.Join(',', Enumerable.Range(0, 250).Select(index => Event("u", index)));
        JsonElement[] results = await CallAsync($$"""["upload", [{{records}}]]""");
        Assert.That(
            results[0].EnumerateArray().Select(response => response.GetProperty("processed").GetInt32()),
            Is.EqualTo(new[] { 100, 100, 50 })
        );
        AssertRequests("POST /1/upload 100", "POST /1/upload 100", "POST /1/upload 50");
        Assert.That(cleverTap.EventCount, Is.EqualTo(250));
    }

    [Test]
    public async Task A_partial_response_reaches_the_caller()
    {
        JsonElement[] results = await CallAsync(
            $$"""["upload", [{{Event("u", 0)}}, {"type":"profile","identity":"u","profileData":{"Email":"1234"} } ]]""",
            """["upload", [{"type":"event","identity":"none","evtName":"A","evtData":{}}]]"""
        );
        AssertJson(
            results[0],
            """
            {"status":"partial","processed":1,"unprocessed":[{
              "status":"fail","code":515,"error":"Profile data is incorrect. Email is not valid.Skipped record number : 2",
              "record":{"type":"profile","identity":"u","profileData":{"Email":"1234"}}
            }]}
            """
        );
        Assert.That(results[1].GetProperty("status").GetString(), Is.EqualTo("fail"));
        Assert.That(results[1].GetProperty("unprocessed")[0].GetProperty("code").GetInt32(), Is.EqualTo(523));
        Assert.That((cleverTap.EventCount, cleverTap.RejectedCount), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task Profile_is_read_by_identity_email_and_objectId()
    {
        JsonElement[] results = await CallAsync(
            """
            ["upload", [{"type":"profile","identity":"u","objectId":"device","profileData":{"Email":"u@example.com","Plan":"pro"}},
              {"type":"event","identity":"u","ts":1704067200,"evtName":"Seen","evtData":{}}]]
            """,
            """["profile", {"identity":"u"}]""",
            """["profile", {"email":"u@example.com"}]""",
            """["profile", {"objectId":"device"}]""",
            """["profile", {"identity":"unknown"}]"""
        );
        foreach (JsonElement result in results[1..4])
        {
            AssertJson(
                result,
                """
                {"status":"success","record":{
                  "objectId":"device","identity":"u","all_identities":["u"],"email":"u@example.com","profileData":{"Plan":"pro"},
                  "events":{"Seen":{"count":1,"first_seen":1704067200,"last_seen":1704067200}},"platformInfo":[{"objectId":"device"}]
                }}
                """
            );
        }

        AssertJson(results[4], """{"status":"fail","error":"Profile not found","code":404}""");
    }

    [Test]
    public async Task Events_are_read_over_several_pages()
    {
        string records = string.Join(',', Enumerable.Range(0, 25).Select(index => Event("u", index)));
        JsonElement[] results = await CallAsync(
            $$"""
            ["upload", [{{records}},
              {"type":"event","identity":"u","ts":1704067200,"evtName":"Other","evtData":{} },
              {"type":"event","identity":"u","ts":1706745600,"evtName":"Seen","evtData":{"index":"in February"} } ]]
            """,
            """["events", {"event_name":"Seen","from":20240101,"to":20240131}]""",
            """["events", {"event_name":"Seen","from":20240101,"to":20240131}, {"batchSize":6000}]""",
            """["events", {"event_name":"Never","from":20240101,"to":20240131}]"""
        );

        foreach (JsonElement result in results[1..3])
        {
            Assert.That(
                result.EnumerateArray().Select(record => record.GetProperty("event_props").GetProperty("index").GetInt32()),
                Is.EqualTo(Enumerable.Range(0, 25))
            );
        }

        Assert.That(results[1][0].GetProperty("ts").GetInt64(), Is.EqualTo(20240101000000));
        Assert.That(results[1][0].GetProperty("profile").GetProperty("identity").GetString(), Is.EqualTo("u"));
        AssertJson(results[3], "[]");
        string[] pages = ["GET /1/events.json 0", "GET /1/events.json 10", "GET /1/events.json 10", "GET /1/events.json 5"];
        string[] page = ["GET /1/events.json 0", "GET /1/events.json 25"];
        AssertRequests(["POST /1/upload 27", .. pages, .. page, "GET /1/events.json 0", "GET /1/events.json 0"]);
    }

    [Test]
    public async Task Profiles_are_read_over_several_pages()
    {
        string records = string.Join(',', Enumerable.Range(0, 50).Select(index => Event($"u{index % 25}", index)));
        JsonElement[] results = await CallAsync(
            $$"""["upload", [{{records}}, {"type":"profile","identity":"u3","profileData":{"Plan":"pro"} } ]]""",
            """["profiles", {"event_name":"Seen","from":20240101,"to":20240131}]"""
        );
        Assert.That(
            results[1].EnumerateArray().Select(record => record.GetProperty("identity").GetString()),
            Is.EqualTo(Enumerable.Range(0, 25).Select(index => $"u{index}"))
        );
        Assert.That(results[1][3].GetProperty("profileData").GetProperty("Plan").GetString(), Is.EqualTo("pro"));
        Assert.That(results[1][3].GetProperty("events").GetProperty("Seen").GetProperty("count").GetInt32(), Is.EqualTo(2));
        AssertRequests(
            "POST /1/upload 51",
            "GET /1/profiles.json 0",
            "GET /1/profiles.json 10",
            "GET /1/profiles.json 10",
            "GET /1/profiles.json 5"
        );
    }

    [Test]
    public async Task Calls_about_users_are_carried_out()
    {
        JsonElement[] results = await CallAsync(
            $$"""["upload", [{{Event("a", 0)}}, {{Event("b", 0)}}, {{Event("c", 0)}}]]""",
            """["delete", {"identity":"a"}]""",
            """["delete", {"identity":["b","unknown"]}]""",
            """["delete", {"guid":"device"}]""",
            """["demerge", {"identities":["c","d"]}]""",
            """["subscribe", {"d":[{"type":"phone","value":"+14155551234","status":"Unsubscribe"}]}]""",
            """["disassociate", {"d":[{"type":"phone","value":"+14155551234"},{"type":"email","value":"u@example.com"}]}]"""
        );

        foreach (JsonElement result in results[1..5])
        {
            AssertJson(result, """{"status":"success"}""");
        }

        AssertJson(results[5], """{"status":"success","processed":1,"unprocessed":[]}""");
        Assert.That(results[6].GetProperty("status").GetString(), Is.EqualTo("partial"));
        Assert.That(cleverTap.Profiles.Keys, Is.EqualTo(new[] { "c" }));
        Assert.That(cleverTap.Deleted, Is.EqualTo(new[] { "a", "b", "unknown", "device" }));
        Assert.That(cleverTap.Demerged, Is.EqualTo(new[] { "c", "d" }));
        Assert.That(cleverTap.Subscriptions, Is.EqualTo(new[] { new Subscription(ContactKind.Phone, "+14155551234", Subscribed: false) }));
        Assert.That(cleverTap.Disassociated, Is.EqualTo(new[] { "+14155551234" }));
    }

    [Test]
    public async Task Wrong_credentials_are_reported()
    {
        string calls = $$"""[["upload", [{{Event("u", 0)}}]], ["profile", {"identity":"u"}]]""";
        JsonElement[] results = Parse(await Client.RunAsync(cleverTap.Endpoint.ToString(), cleverTap.AccountId, "wrong", calls));
        foreach (JsonElement result in results)
        {
            AssertJson(result, """{"status":"fail","error":"Passcode Invalid","code":401}""");
        }

        Assert.That(cleverTap.EventCount, Is.Zero);
    }

    private static string Event(string identity, int index) =>
        $$$"""{"type":"event","identity":"{{{identity}}}","ts":1704067200,"evtName":"Seen","evtData":{"index":{{{index}}}}}""";

    private static JsonElement[] Parse(string output)
    {
        using JsonDocument json = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]);
        return [.. json.RootElement.Clone().EnumerateArray()];
    }

    private static void AssertJson(JsonElement actual, string expected) =>
        Assert.That(CanonicalJson.Of(actual.GetRawText()), Is.EqualTo(CanonicalJson.Of(expected)));

    private async Task<JsonElement[]> CallAsync(params string[] calls) =>
        Parse(
            await Client.RunAsync(cleverTap.Endpoint.ToString(), cleverTap.AccountId, cleverTap.Passcode, $"[{string.Join(',', calls)}]")
        );

    private void AssertRequests(params string[] expected) =>
        Assert.That(cleverTap.Requests.Select(request => $"{request.Method} {request.Path} {request.RecordCount}"), Is.EqualTo(expected));
}
