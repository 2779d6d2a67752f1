using System.Text.Json;

namespace CleverTap.Rudder.Tests.Testing;

/// <summary><c>GET /1/profile.json</c>.</summary>
[TestFixture(true)]
[TestFixture(false)]
public sealed class EmulatorProfileReadTests(bool overSockets)
{
    private const string Jane = """
        {"type":"profile","identity":"jane","profileData":{"Name":"Jane","Email":"Jane@example.com","Phone":"+14155551234","identity":"j2","Plan":"pro","n":1.50}}
        """;

    private EmulatorSession session = null!;

    [SetUp]
    public async Task Start() => session = await EmulatorSession.StartAsync(overSockets);

    [TearDown]
    public async Task Stop() => await session.DisposeAsync();

    [Test]
    public async Task Profile_has_ids_attributes_events_and_devices()
    {
        await session.UploadAsync(
            Jane,
            """{"type":"event","identity":"jane","ts":300,"evtName":"Seen","evtData":{}}""",
            """{"type":"event","identity":"jane","objectId":"device","ts":100,"evtName":"Seen","evtData":{}}""",
            """{"type":"event","identity":"j2","ts":200,"evtName":"Bought","evtData":{}}""",
            """{"type":"token","objectId":"device","tokenData":{"id":"t-1","type":"fcm"}}"""
        );

        (int status, string body) = await ReadAsync("1/profile.json?identity=jane");
        Assert.That(status, Is.EqualTo(200));
        Assert.That(
            CanonicalJson.Of(body),
            Is.EqualTo(
                CanonicalJson.Of(
                    """
                    {"status":"success","record":{
                      "objectId":"device","identity":"jane","all_identities":["jane","j2"],
                      "name":"Jane","email":"Jane@example.com","phone":"+14155551234","profileData":{"Plan":"pro","n":1.5},
                      "events":{"Seen":{"count":2,"first_seen":100,"last_seen":300},"Bought":{"count":1,"first_seen":200,"last_seen":200}},
                      "push_token":"t-1","platformInfo":[{"objectId":"device"}]
                    }}
                    """
                )
            )
        );
        Assert.That(session.Emulator.Requests[^1].RecordCount, Is.EqualTo(1));
    }

    [TestCase("identity=jane", "jane")]
    [TestCase("identity=j2", "jane")]
    [TestCase("identity=fb", "fb")]
    [TestCase("email=jane%40EXAMPLE.com", "jane")]
    [TestCase("objectId=device", null)]
    public async Task Profile_is_found_by_identity_email_or_objectId(string query, string? identity)
    {
        await session.UploadAsync(
            Jane,
            """{"type":"profile","FBID":"fb","profileData":{}}""",
            """{"type":"profile","objectId":"device","profileData":{}}"""
        );
        using HttpResponseMessage response = await session.SendAsync($"1/profile.json?{query}", body: null, "GET");
        JsonElement record = (await EmulatorSession.ReadAsync(response)).GetProperty("record");
        string? actual = record.TryGetProperty("identity", out JsonElement value) ? value.GetString() : null;
        Assert.That(actual, Is.EqualTo(identity));
    }

    [Test]
    public async Task Of_profiles_with_one_email_the_last_updated_is_returned()
    {
        await session.UploadAsync(Jane, """{"type":"profile","identity":"other","profileData":{"Email":"jane@example.com"}}""");
        using HttpResponseMessage response = await session.SendAsync("1/profile.json?email=jane@example.com", body: null, "GET");
        JsonElement body = await EmulatorSession.ReadAsync(response);
        Assert.That(body.GetProperty("record").GetProperty("identity").GetString(), Is.EqualTo("other"));
    }

    [TestCase("identity=unknown")]
    [TestCase("identity=device", Description = "an objectId is no identity")]
    [TestCase("objectId=jane")]
    [TestCase("email=jane")]
    public async Task Unknown_user_is_404(string query)
    {
        await session.UploadAsync(Jane, """{"type":"profile","objectId":"device","profileData":{}}""");
        Assert.That(
            await ReadAsync($"1/profile.json?{query}"),
            Is.EqualTo((404, """{"status":"fail","error":"Profile not found","code":404}"""))
        );
    }

    [TestCase("")]
    [TestCase("?identity=")]
    [TestCase("?phone=1")]
    [TestCase("?identity=jane&email=jane@example.com")]
    public async Task Request_without_exactly_one_id_is_400(string query)
    {
        (int status, string body) = await ReadAsync($"1/profile.json{query}");
        Assert.That(status, Is.EqualTo(400));
        Assert.That(body, Does.Contain("Exactly one of email, identity and objectId is required"));
    }

    [Test]
    public async Task Values_and_ids_are_returned_exactly()
    {
        await session.UploadAsync(
            """{"type":"profile","identity":"a b+c&d/€","profileData":{"big":12345678901234567890,"nested":{"a":[null, "\ud800"]},"<\"€":"<\u0000"}}"""
        );
        (int status, string body) = await ReadAsync("1/profile.json?identity=a%20b%2Bc%26d%2F%E2%82%AC");
        Assert.That(status, Is.EqualTo(200));
        Assert.That(body, Does.Contain("""{"big":12345678901234567890,"nested":{"a":[null, "\ud800"]},"""));
        using JsonDocument json = JsonDocument.Parse(body);
        Assert.That(json.RootElement.GetProperty("record").GetProperty("profileData").GetProperty("<\"€").GetString(), Is.EqualTo("<\0"));
    }

    private async Task<(int Status, string Body)> ReadAsync(string path)
    {
        using HttpResponseMessage response = await session.SendAsync(path, body: null, "GET");
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
