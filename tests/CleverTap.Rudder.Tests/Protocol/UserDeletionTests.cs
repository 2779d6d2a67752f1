using System.Text.Json;
using CleverTap.Rudder.Testing;
using CleverTap.Rudder.Tests.Delivery;

namespace CleverTap.Rudder.Tests.Protocol;

/// <summary><c>POST /deleteUsers</c>.</summary>
public sealed class UserDeletionTests
{
    private const string Successful = """[{"statusCode":200,"status":"successful"}]""";
    private const string Users = """[{"userId":"u1"}]""";

    [Test]
    public async Task Users_are_deleted_by_their_user_ids_only()
    {
        await using CleverTapEmulator cleverTap = Emulator();
        using var run = new ProxyRun(cleverTap.CreateHandler());

        (int status, JsonElement response) = await run.DeleteUsersAsync(
            Body("""[{"userId":"u1","phone":"1","email":"a@b.co"},{"email":"c@d.co"},{"userId":7},{"userId":"u2"}]""")
        );

        Assert.That(status, Is.EqualTo(200));
        ProtocolClient.AssertEqual(response, Successful);
        Assert.That(cleverTap.Deleted, Is.EqualTo(new[] { "u1", "7", "u2" }));
    }

    [Test]
    public async Task The_call_goes_to_the_region_s_host()
    {
        using ProxyRun run = Answering(200, """{"status":"success"}""");

        await run.DeleteUsersAsync(Body(Users));

        (Uri address, string headers, string body) = run.Sent.Single();
        Assert.That(address.AbsoluteUri, Is.EqualTo("https://in1.api.clevertap.com/1/delete/profiles.json"));
        Assert.That(
            headers,
            Does.Contain("X-CleverTap-Account-Id: acc")
                .And.Contain($"X-CleverTap-Passcode: {ProtocolClient.Passcode}")
                .And.Contain("application/json")
        );
        Assert.That(body, Is.EqualTo("""{"identity":["u1"]}"""));
    }

    [Test]
    public async Task Configured_endpoint_replaces_the_region_s_host()
    {
        using var run = new ProxyRun(
            new ScriptedServer(_ => ScriptedServer.Response(200, body: """{"status":"success"}""")),
            new RudderTransformerOptions { Endpoint = new Uri("https://gateway.example/clevertap") }
        );

        await run.DeleteUsersAsync(Body(Users));

        Assert.That(run.Sent.Single().Address.AbsoluteUri, Is.EqualTo("https://gateway.example/clevertap/1/delete/profiles.json"));
    }

    [Test]
    public async Task A_call_holds_a_hundred_users()
    {
        await using CleverTapEmulator cleverTap = Emulator();
        using var run = new ProxyRun(cleverTap.CreateHandler());

        await run.DeleteUsersAsync(Body($"[{string.Join(',', Enumerable.Range(0, 250).Select(i => $$"""{"userId":"u{{i}}"}"""))}]"));

        Assert.That(
            run.Sent.Select(sent =>
                ProtocolClient.Parse(System.Text.Encoding.UTF8.GetBytes(sent.Body)).GetProperty("identity").GetArrayLength()
            ),
            Is.EqualTo(new[] { 100, 100, 50 })
        );
        Assert.That(cleverTap.Deleted, Is.EqualTo(Enumerable.Range(0, 250).Select(i => $"u{i}")));
    }

    [Test]
    public async Task The_first_rejected_call_ends_the_deletion()
    {
        using var run = new ProxyRun(
            new ScriptedServer(_ => ScriptedServer.Response(200, body: """{"status":"success"}"""), _ => ScriptedServer.Response(503))
        );

        (int status, JsonElement response) = await run.DeleteUsersAsync(
            Body($"[{string.Join(',', Enumerable.Range(0, 250).Select(i => $$"""{"userId":"u{{i}}"}"""))}]")
        );

        Assert.That((status, run.Sent.Count), Is.EqualTo((503, 2)));
        ProtocolClient.AssertEqual(response, """[{"statusCode":503,"error":"User deletion request failed"}]""");
    }

    [TestCase(400)]
    [TestCase(401)]
    [TestCase(403)]
    [TestCase(413)]
    [TestCase(429)]
    [TestCase(500)]
    public async Task A_rejection_has_CleverTap_s_status(int http)
    {
        using ProxyRun run = Answering(http, """{"status":"fail","error":"no"}""");

        (int status, JsonElement response) = await run.DeleteUsersAsync(Body(Users));

        Assert.That((status, ProtocolClient.StatusCode(response[0])), Is.EqualTo((http, http)));
        Assert.That(response[0].GetProperty("error").GetString(), Is.EqualTo("User deletion request failed"));
    }

    [TestCase(404)]
    [TestCase(405)]
    public async Task Status_that_the_regulation_worker_never_retries_becomes_500(int http)
    {
        using ProxyRun run = Answering(http, """{"status":"fail","error":"no"}""");

        (int status, JsonElement response) = await run.DeleteUsersAsync(Body(Users));

        Assert.That((status, ProtocolClient.StatusCode(response[0])), Is.EqualTo((500, 500)));
        string expected = $"CleverTap responded with {http}, given here as 500 so that it is retried; check the region";
        Assert.That(response[0].GetProperty("error").GetString(), Is.EqualTo($"User deletion request failed: {expected}"));
    }

    [Test]
    public async Task Rejection_in_the_body_of_a_200_is_a_failure()
    {
        using ProxyRun run = Answering(200, """{"status":"fail","error":"no"}""");

        Assert.That((await run.DeleteUsersAsync(Body(Users))).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task A_network_that_fails_is_500()
    {
        using var run = new ProxyRun(new ScriptedServer(_ => throw new HttpRequestException(HttpRequestError.NameResolutionError)));

        Assert.That((await run.DeleteUsersAsync(Body(Users))).Status, Is.EqualTo(500));
    }

    [TestCase("[]")]
    [TestCase("""[{"email":"a@b.co"}]""")]
    [TestCase("""[{"userId":""},{"userId":null},{"userId":0},{"userId":false}]""")]
    public async Task No_call_is_made_when_there_are_no_ids(string users)
    {
        using ProxyRun run = Answering(500, "");

        (int status, JsonElement response) = await run.DeleteUsersAsync(Body(users));

        Assert.That((status, run.Sent.Count), Is.EqualTo((200, 0)));
        ProtocolClient.AssertEqual(response, Successful);
    }

    [TestCase("""{"destType":"clevertap","config":{"accountId":"a","passcode":"p"}}""", 400, "userAttributes is not an array")]
    [TestCase("""{"destType":"clevertap","config":{},"userAttributes":{}}""", 400, "userAttributes is not an array")]
    [TestCase(
        """{"destType":"clevertap","config":{"accountId":"a"},"userAttributes":[]}""",
        400,
        "Project ID and Passcode is required for delete user"
    )]
    [TestCase(
        """{"destType":"clevertap","config":{"accountId":"","passcode":"p"},"userAttributes":[]}""",
        400,
        "Project ID and Passcode is required for delete user"
    )]
    [TestCase("""{"destType":"clevertap","userAttributes":[]}""", 500, null)]
    [TestCase("""{"destType":"clevertap","config":null,"userAttributes":[]}""", 500, null)]
    [TestCase("""{"destType":"clevertap","config":{"accountId":"a","passcode":"p"},"userAttributes":[null]}""", 400, null)]
    [TestCase(
        """{"destType":"clevertap","config":{"accountId":"a","passcode":"p"},"userAttributes":[{"userId":"u"},{"userId":{"a":1}}]}""",
        400,
        "userAttributes[1] must be an object whose userId is text or a number"
    )]
    [TestCase(
        """{"destType":"clevertap","config":{"accountId":"a","passcode":"open-sesame","region":"evil.com/"},"userAttributes":[{"userId":"u"}]}""",
        400,
        null
    )]
    [TestCase(
        """{"destType":"clevertap","config":{"accountId":"a","passcode":"open-sesame\n"},"userAttributes":[{"userId":"u"}]}""",
        400,
        null
    )]
    [TestCase(
        """{"destType":"clevertap","config":{"accountId":"a\r\nX-Evil: 1","passcode":"open-sesame"},"userAttributes":[{"userId":"u"}]}""",
        400,
        null
    )]
    public async Task Invalid_request_gets_an_error_with_the_reason(string element, int expected, string? error)
    {
        using ProxyRun run = Answering(200, """{"status":"success"}""");

        (int status, JsonElement response) = await run.DeleteUsersAsync($"[{element}]");

        Assert.That((status, ProtocolClient.StatusCode(response[0]), run.Sent.Count), Is.EqualTo((expected, expected, 0)));
        Assert.That(response[0].GetProperty("error").GetString(), error is null ? Is.Not.Empty : Is.EqualTo(error));
        Assert.That(run.Text, Does.Not.Contain(ProtocolClient.Passcode));
    }

    [TestCase("\"accountId\":{}", "config.accountId must be text or a number")]
    [TestCase($"\"passcode\":[\"{ProtocolClient.Passcode}\"]", "config.passcode must be text or a number")]
    [TestCase("\"region\":{}", "config.region must be text")]
    public async Task Setting_with_characters_of_no_header_is_named(string setting, string error)
    {
        using ProxyRun run = Answering(200, """{"status":"success"}""");

        (int status, JsonElement response) = await run.DeleteUsersAsync(
            $$"""[{"destType":"clevertap","config":{"accountId":"a","passcode":"p",{{setting}} },"userAttributes":{{Users}} }]"""
        );

        Assert.That((status, response[0].GetProperty("error").GetString(), run.Sent.Count), Is.EqualTo((400, error, 0)));
    }

    [Test]
    public async Task Each_element_has_a_result_and_the_first_one_is_the_HTTP_status()
    {
        using var run = new ProxyRun(
            new ScriptedServer(_ => ScriptedServer.Response(429), _ => ScriptedServer.Response(200, body: """{"status":"success"}"""))
        );

        (int status, JsonElement response) = await run.DeleteUsersAsync($"[{Element(Users)},{Element(Users)}]");

        Assert.That(status, Is.EqualTo(429));
        Assert.That(response.EnumerateArray().Select(ProtocolClient.StatusCode), Is.EqualTo(new[] { 429, 200 }));
    }

    [TestCase("""[{"destType":"braze"}]""", "Unknown destination: braze")]
    [TestCase("[null]", "Unknown destination: ")]
    public async Task Another_destination_is_unknown(string body, string error)
    {
        using ProxyRun run = Answering(200, "");

        (int status, JsonElement response) = await run.DeleteUsersAsync(body);

        Assert.That((status, response.GetProperty("error").GetString()), Is.EqualTo((404, error)));
    }

    [TestCase("")]
    [TestCase("{}")]
    [TestCase("[")]
    public async Task A_body_that_is_no_array_is_rejected(string body)
    {
        using ProxyRun run = Answering(200, "");

        Assert.That((await run.DeleteUsersAsync(body)).Status, Is.EqualTo(400));
    }

    private static string Body(string users) => $"[{Element(users)}]";

    private static string Element(string users) =>
        $$"""{"jobId":"1","destType":"clevertap","config":{{ProtocolClient.Config}},"userAttributes":{{users}}}""";

    private static CleverTapEmulator Emulator() =>
        CleverTapEmulator.Create(new CleverTapEmulatorOptions { AccountId = "acc", Passcode = ProtocolClient.Passcode });

    private static ProxyRun Answering(int status, string body) => new(new ScriptedServer(_ => ScriptedServer.Response(status, body: body)));
}
