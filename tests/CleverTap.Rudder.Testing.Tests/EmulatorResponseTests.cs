using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Tests.Testing;

[TestFixture(true)]
[TestFixture(false)]
public sealed class EmulatorResponseTests(bool overSockets)
{
    private const string Good = """{"type":"event","identity":"u","evtName":"Signed Up","evtData":{}}""";
    private const string BadEmail = """{"type":"profile","identity":"u","profileData":{"Email":"1234"}}""";

    private EmulatorSession session = null!;

    [SetUp]
    public async Task Start() => session = await EmulatorSession.StartAsync(overSockets);

    [TearDown]
    public async Task Stop() => await session.DisposeAsync();

    [Test]
    public async Task Upload_of_valid_records_is_success()
    {
        using HttpResponseMessage response = await session.SendAsync("1/upload", $$"""{"d":[{{Good}},{{Good}}]}""");
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("""{"status":"success","processed":2,"unprocessed":[]}"""));
        Assert.That(response.Content.Headers.ContentType!.ToString(), Is.EqualTo("application/json; charset=utf-8"));
    }

    [Test]
    public async Task Upload_with_one_invalid_record_is_partial_with_its_record_number()
    {
        using HttpResponseMessage response = await session.SendAsync("1/upload", $$"""{"d":[{{Good}},{{BadEmail}}]}""");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(
            await response.Content.ReadAsStringAsync(),
            Is.EqualTo(
                """{"status":"partial","processed":1,"unprocessed":[{"status":"fail","code":515,"error":"Profile data is incorrect. Email is not valid.Skipped record number : 2","record":{"type":"profile","identity":"u","profileData":{"Email":"1234"}}}]}"""
            )
        );
    }

    [Test]
    public async Task Upload_of_invalid_records_is_fail_with_status_200()
    {
        JsonElement response = await session.UploadAsync(BadEmail, BadEmail);
        Assert.That(response.GetProperty("status").GetString(), Is.EqualTo("fail"));
        Assert.That(response.GetProperty("processed").GetInt32(), Is.Zero);
        Assert.That(
            response.GetProperty("unprocessed").EnumerateArray().Select(entry => entry.GetProperty("error").GetString()![^1]),
            Is.EqualTo(new[] { '1', '2' })
        );
    }

    [Test]
    public async Task An_empty_upload_is_success()
    {
        JsonElement response = await session.UploadAsync();
        Assert.That(response.GetProperty("status").GetString(), Is.EqualTo("success"));
    }

    [TestCase("""{"Phone":"+35922333232","Age":"aa"}""", """{"Phone":35922333232,"Age":"aa"}""")]
    [TestCase("""{"Phone":"+0044123","Age":"aa"}""", """{"Phone":44123,"Age":"aa"}""")]
    [TestCase("""{"Phone":"+44+441234"}""", """{"Phone":"+44+441234"}""")]
    [TestCase("""{"Phone":"223"}""", """{"Phone":"223"}""")]
    [TestCase("""{"identity":13,"Age":"aa"}""", """{"identity":"13","Age":"aa"}""")]
    public async Task The_echo_has_phone_numbers_as_numbers_and_identities_as_text(string sent, string echoed)
    {
        JsonElement response = await session.UploadAsync($$"""{"identity":"u","type":"profile","profileData":{{sent}}}""");
        Assert.That(
            response.GetProperty("unprocessed")[0].GetProperty("record").GetProperty("profileData").GetRawText(),
            Is.EqualTo(echoed)
        );
    }

    [TestCase("", null, "Account ID is not valid")]
    [TestCase("wrong", null, "Account ID is not valid")]
    [TestCase(null, "", "Passcode Invalid")]
    [TestCase(null, "wrong", "Passcode Invalid")]
    public async Task Wrong_credentials_are_401(string? accountId, string? passcode, string error)
    {
        using HttpResponseMessage response = await session.SendAsync(
            "1/upload",
            $$"""{"d":[{{Good}}]}""",
            accountId: accountId,
            passcode: passcode
        );
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo($$"""{"status":"fail","error":"{{error}}","code":401}"""));
        Assert.That(session.Emulator.EventCount, Is.Zero);
    }

    [Test]
    public async Task Missing_credentials_are_401()
    {
        using HttpResponseMessage response = await session.Http.GetAsync(new Uri(session.Address, "v1/connect?partner=x"));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [TestCase("")]
    [TestCase("not JSON")]
    [TestCase("[]")]
    [TestCase("5")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("""{"d":{}}""")]
    [TestCase("""{"d":null}""")]
    [TestCase("""{"d":[""")]
    [TestCase("""{"d":[]} more""")]
    [TestCase("""{"d":[]}{"d":[]}""")]
    [TestCase("""{"d":[{"type":"event",}]}""")]
    [TestCase("{\"d\":[{\"type\":\"ÿ\"}]}", Description = "not UTF-8")]
    public async Task Body_that_is_not_an_upload_is_400(string body)
    {
        using HttpResponseMessage response = await session.SendAsync("1/upload", body);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("""{"status":"fail","error":"Malformed request","code":400}"""));
    }

    [Test]
    public async Task Very_deeply_nested_JSON_is_400()
    {
        using HttpResponseMessage response = await session.SendAsync("1/upload", $$"""{"d":{{new string('[', 100_000)}}""");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [TestCase("application/json", 200)]
    [TestCase("application/json; charset=utf-8", 200)]
    [TestCase("Application/JSON", 200)]
    [TestCase("text/plain", 400)]
    [TestCase("application/x-www-form-urlencoded", 400)]
    [TestCase(null, 400)]
    public async Task Only_application_json_is_taken(string? contentType, int status)
    {
        using HttpResponseMessage response = await session.SendAsync("1/upload", $$"""{"d":[{{Good}}]}""", contentType: contentType);
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
    }

    [TestCase(Good, 1000, 200)]
    [TestCase(Good, 1001, 400)]
    [TestCase("""{"type":"token","objectId":"d","tokenData":{"id":"t","type":"fcm"}}""", 100, 200)]
    [TestCase("""{"type":"token","objectId":"d","tokenData":{"id":"t","type":"fcm"}}""", 101, 400)]
    public async Task An_upload_holds_up_to_1000_records_or_100_tokens(string record, int count, int status)
    {
        using HttpResponseMessage response = await session.SendAsync(
            "1/upload",
            $$"""{"d":[{{string.Join(',', Enumerable.Repeat(record, count))}}]}"""
        );
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(session.Emulator.Requests.Single().RecordCount, Is.EqualTo(count));
        Assert.That(session.Emulator.EventCount + session.Emulator.TokenRecordCount, Is.EqualTo(status == 200 ? count : 0));
    }

    [TestCase("POST", "", 404)]
    [TestCase("POST", "1/other", 404)]
    [TestCase("POST", "1/upload/", 404)]
    [TestCase("GET", "1/upload", 405)]
    [TestCase("DELETE", "1/upload", 405)]
    [TestCase("HEAD", "1/upload", 405)]
    [TestCase("POST", "v1/connect?partner=x", 405)]
    [TestCase("GET", "v1/connect?partner=x", 200)]
    public async Task Other_paths_and_methods_are_rejected(string method, string path, int status)
    {
        using HttpResponseMessage response = await session.SendAsync(path, body: null, method);
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task A_dry_run_checks_and_stores_nothing()
    {
        using HttpResponseMessage response = await session.SendAsync("1/upload?dryRun=1", $$"""{"d":[{{Good}},{{BadEmail}}]}""");
        JsonElement json = await EmulatorSession.ReadAsync(response);
        Assert.That(json.GetProperty("status").GetString(), Is.EqualTo("partial"));
        Assert.That(session.Emulator.Events, Is.Empty);
        Assert.That(session.Emulator.Profiles, Is.Empty);
        Assert.That(session.Emulator.Rejected, Is.Empty);
        Assert.That(session.Emulator.Requests.Single().IsDryRun, Is.True);
    }

    [Test]
    public async Task Upload_with_dryRun_0_is_stored()
    {
        using HttpResponseMessage response = await session.SendAsync("1/upload?dryRun=0", $$"""{"d":[{{Good}}]}""");
        Assert.That(session.Emulator.EventCount, Is.EqualTo(1));
    }

    [Test]
    public async Task A_body_beyond_16_MiB_is_413()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(session.Address, "1/upload"))
        {
            Content = new ByteArrayContent(new byte[(16 * 1024 * 1024) + 1])
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            },
        };
        request.Headers.ExpectContinue = true;
        using HttpResponseMessage response = await session.Http.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
    }

    [Test]
    public async Task Every_request_is_recorded_with_its_response()
    {
        await session.UploadAsync(Good, BadEmail);
        using HttpResponseMessage missing = await session.SendAsync("elsewhere", body: null, "GET");

        ReceivedRequest[] requests = session.Emulator.Requests.ToArray();
        Assert.That(
            requests.Select(request => $"{request.Method} {request.Path} {request.StatusCode} {request.RecordCount}"),
            Is.EqualTo(new[] { "POST /1/upload 200 2", "GET /elsewhere 404 0" })
        );
    }

    [Test]
    public async Task Rejected_record_is_recorded_as_it_was_sent()
    {
        await session.UploadAsync(Good, """{"type":"profile","identity":"u","profileData":{"Phone":"+35922333232","Age":"aa"}}""");
        RejectedRecord rejected = session.Emulator.Rejected.Single();
        Assert.That(rejected.Code, Is.EqualTo(520));
        Assert.That(rejected.RecordNumber, Is.EqualTo(2));
        Assert.That(rejected.Error, Is.EqualTo("Profile data is incorrect. Age is invalid.Skipped record number : 2"));
        Assert.That(rejected.Record.GetProperty("profileData").GetProperty("Phone").GetString(), Is.EqualTo("+35922333232"));
    }
}
