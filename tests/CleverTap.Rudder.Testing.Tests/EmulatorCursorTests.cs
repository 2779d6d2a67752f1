using System.Text.Json;
using CleverTap.Rudder.Testing;
using Microsoft.Extensions.Time.Testing;

namespace CleverTap.Rudder.Tests.Testing;

/// <summary>The first request of a read, its errors, and how long cursors are valid.</summary>
[TestFixture]
public sealed class EmulatorCursorTests
{
    private const string Query = """{"event_name":"Seen","from":20240101,"to":20240131}""";

    private FakeTimeProvider time = null!;
    private EmulatorSession session = null!;

    [SetUp]
    public async Task Start()
    {
        time = new FakeTimeProvider();
        session = await EmulatorSession.StartAsync(new CleverTapEmulatorOptions { TimeProvider = time });
    }

    [TearDown]
    public async Task Stop() => await session.DisposeAsync();

    [TestCase("", "Malformed request")]
    [TestCase("[]", "Malformed request")]
    [TestCase("""{"event_name":"Seen","from":""", "Malformed request")]
    [TestCase("{}", "Invalid event name")]
    [TestCase("""{"event_name":"","from":20240101,"to":20240131}""", "Invalid event name")]
    [TestCase("""{"event_name":5,"from":20240101,"to":20240131}""", "Invalid event name")]
    [TestCase("""{"event_name":"Seen","to":20240131}""", "Invalid date: from and to are days such as 20260131")]
    [TestCase("""{"event_name":"Seen","from":20240101}""", "Invalid date: from and to are days such as 20260131")]
    [TestCase("""{"event_name":"Seen","from":20240230,"to":20240331}""", "Invalid date: from and to are days such as 20260131")]
    [TestCase("""{"event_name":"Seen","from":1704067200,"to":1704067200}""", "Invalid date: from and to are days such as 20260131")]
    [TestCase("""{"event_name":"Seen","from":"2024-01-01","to":20240131}""", "Invalid date: from and to are days such as 20260131")]
    [TestCase("""{"event_name":"Seen","from":20240102,"to":20240101}""", "Invalid date range: from is greater than to")]
    [TestCase(
        """{"event_name":"Seen","from":20240101,"to":20240131,"batch_size":0}""",
        "Invalid batch_size: it is a number from 1 to 5000"
    )]
    [TestCase(
        """{"event_name":"Seen","from":20240101,"to":20240131,"props":[{"name":"a","value":1}]}""",
        "The emulator does not support props in a query"
    )]
    public async Task Query_that_is_not_valid_is_400(string query, string error)
    {
        foreach (string path in new[] { "1/events.json", "1/profiles.json" })
        {
            Assert.That(await SendAsync(path, query), Is.EqualTo((400, $$"""{"status":"fail","error":"{{error}}","code":400}""")), path);
        }
    }

    [TestCase("1", 200)]
    [TestCase("5000", 200)]
    [TestCase("0", 400)]
    [TestCase("5001", 400)]
    [TestCase("-1", 400)]
    [TestCase("1.5", 400)]
    [TestCase("", 400)]
    [TestCase("many", 400)]
    public async Task Batch_size_is_from_1_to_5000(string batchSize, int status) =>
        Assert.That((await SendAsync($"1/events.json?batch_size={batchSize}", Query)).Status, Is.EqualTo(status));

    [TestCase("text/plain", 400)]
    [TestCase(null, 400)]
    [TestCase("application/json", 200)]
    public async Task Query_of_a_POST_is_sent_as_json(string? contentType, int status)
    {
        using HttpResponseMessage response = await session.SendAsync("1/events.json", Query, contentType: contentType);
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
    }

    [TestCase("", 400)]
    [TestCase("?query=", 400)]
    [TestCase("?query=%7B", 400)]
    [TestCase("?query=%7B%22event_name%22%3A%22Seen%22%2C%22from%22%3A20240101%2C%22to%22%3A%2220240131%22%7D", 200)]
    public async Task Query_may_be_a_parameter_of_a_GET(string parameters, int status) =>
        Assert.That((await SendAsync($"1/profiles.json{parameters}", body: null, "GET")).Status, Is.EqualTo(status));

    [TestCase("1/profile.json?identity=a", "GET", "POST", "GET")]
    [TestCase("1/profiles.json", "POST", "DELETE", "POST, GET")]
    [TestCase("1/events.json", "POST", "PUT", "POST, GET")]
    public async Task Credentials_and_method_of_a_read_are_checked(string path, string method, string otherMethod, string allowed)
    {
        using HttpResponseMessage unauthorized = await session.SendAsync(path, body: null, method, passcode: "wrong");
        using HttpResponseMessage notAllowed = await session.SendAsync(path, body: null, otherMethod);
        Assert.That(((int)unauthorized.StatusCode, (int)notAllowed.StatusCode), Is.EqualTo((401, 405)));
        Assert.That(
            await unauthorized.Content.ReadAsStringAsync(),
            Is.EqualTo("""{"status":"fail","error":"Passcode Invalid","code":401}""")
        );
        Assert.That(notAllowed.Content.Headers.Allow, Is.EqualTo(allowed.Split(", ")));
    }

    [TestCase("")]
    [TestCase("unknown")]
    [TestCase("00000000000000000000000000000000-0")]
    public async Task Unknown_cursor_is_400(string cursor) => await AssertInvalidAsync("1/events.json", cursor);

    [Test]
    public async Task Changed_cursor_is_400()
    {
        string cursor = await OpenAsync("1/events.json");
        await AssertInvalidAsync("1/events.json", cursor + "x");
        await AssertInvalidAsync("1/events.json", "x" + cursor);
        await AssertInvalidAsync("1/events.json", cursor.Replace("-0", "--1", StringComparison.Ordinal));
    }

    [Test]
    public async Task Cursor_of_events_is_unknown_to_profiles() =>
        await AssertInvalidAsync("1/profiles.json", await OpenAsync("1/events.json"));

    [Test]
    public async Task Clear_invalidates_cursors()
    {
        string cursor = await OpenAsync("1/events.json");
        session.Emulator.Clear();
        await AssertInvalidAsync("1/events.json", cursor);
    }

    [TestCase("1/events.json", 60)]
    [TestCase("1/profiles.json", 4 * 24 * 60)]
    public async Task Unused_cursor_expires(string path, int minutes)
    {
        string cursor = await OpenAsync(path);
        time.Advance(TimeSpan.FromMinutes(minutes) + TimeSpan.FromTicks(1));
        await AssertInvalidAsync(path, cursor);
    }

    [Test]
    public async Task Cursor_of_events_expires_after_4_hours_of_use()
    {
        string cursor = await OpenAsync("1/events.json");
        for (int i = 0; i < 4; i++)
        {
            time.Advance(TimeSpan.FromHours(1));
            Assert.That((await SendAsync($"1/events.json?cursor={cursor}", body: null, "GET")).Status, Is.EqualTo(200));
        }

        time.Advance(TimeSpan.FromTicks(1));
        await AssertInvalidAsync("1/events.json", cursor);
    }

    [Test]
    public async Task The_oldest_of_1001_reads_is_closed()
    {
        await using EmulatorSession local = EmulatorSession.WithoutSockets();
        List<string> cursors = [];
        for (int i = 0; i < 1001; i++)
        {
            using HttpResponseMessage response = await local.SendAsync("1/events.json", Query);
            cursors.Add((await EmulatorSession.ReadAsync(response)).GetProperty("cursor").GetString()!);
        }

        using HttpResponseMessage first = await local.SendAsync($"1/events.json?cursor={cursors[0]}", body: null, "GET");
        using HttpResponseMessage second = await local.SendAsync($"1/events.json?cursor={cursors[1]}", body: null, "GET");
        Assert.That(((int)first.StatusCode, (int)second.StatusCode), Is.EqualTo((400, 200)));
    }

    [Test]
    public async Task A_page_can_be_requested_by_POST()
    {
        string cursor = await OpenAsync("1/profiles.json");
        Assert.That(await SendAsync($"1/profiles.json?cursor={cursor}", "{}"), Is.EqualTo((200, """{"status":"success","records":[]}""")));
    }

    private async Task<string> OpenAsync(string path)
    {
        (int status, string body) = await SendAsync(path, Query);
        Assert.That(status, Is.EqualTo(200), body);
        using JsonDocument json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("cursor").GetString()!;
    }

    private async Task AssertInvalidAsync(string path, string cursor)
    {
        (int status, string body) = await SendAsync($"{path}?cursor={cursor}", body: null, "GET");
        Assert.That(status, Is.EqualTo(400));
        Assert.That(body, Does.StartWith("""{"status":"fail","error":"Invalid cursor: it is unknown or has expired"""));
    }

    private async Task<(int Status, string Body)> SendAsync(string path, string? body, string method = "POST")
    {
        using HttpResponseMessage response = await session.SendAsync(path, body, method);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
