using System.Text.Json;
using CleverTap.Rudder.Testing;
using Microsoft.Extensions.Time.Testing;

namespace CleverTap.Rudder.Tests.Testing;

/// <summary><c>/1/events.json</c> and <c>/1/profiles.json</c>.</summary>
[TestFixture]
public sealed class EmulatorPagedReadTests
{
    private const string Query = """{"event_name":"Seen","from":20240101,"to":20240131}""";

    /// <summary>1 January 2024, 00:00:00 UTC.</summary>
    private const long January = 1_704_067_200;

    private const long Day = 24 * 60 * 60;

    private FakeTimeProvider time = null!;
    private EmulatorSession session = null!;

    [SetUp]
    public async Task Start()
    {
        time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(January));
        session = await EmulatorSession.StartAsync(new CleverTapEmulatorOptions { TimeProvider = time, MaxStoredEvents = 100 });
    }

    [TearDown]
    public async Task Stop() => await session.DisposeAsync();

    [Test]
    public async Task Event_has_its_time_properties_and_profile()
    {
        await session.UploadAsync(
            """{"type":"event","identity":"u","ts":1704070861,"evtName":"Seen","evtData":{"n":1.50,"text":"<€"}}""",
            """{"type":"profile","identity":"u","profileData":{"Email":"u@example.com","Plan":"pro"}}"""
        );
        (int status, string first) = await SendAsync("1/events.json?batch_size=10", Query);
        string cursor = JsonDocument.Parse(first).RootElement.GetProperty("cursor").GetString()!;
        Assert.That((status, first), Is.EqualTo((200, $$"""{"status":"success","cursor":"{{cursor}}"}""")));

        (int pageStatus, string page) = await SendAsync($"1/events.json?cursor={cursor}", body: null, "GET");
        Assert.That(pageStatus, Is.EqualTo(200));
        Assert.That(page, Does.EndWith(""","ts":20240101010101,"event_props":{"n":1.50,"text":"<\u20ac"}}]}"""));
        Assert.That(
            CanonicalJson.Of(page),
            Is.EqualTo(
                CanonicalJson.Of(
                    """
                    {"status":"success","records":[{
                      "profile":{
                        "identity":"u","all_identities":["u"],"email":"u@example.com","profileData":{"Plan":"pro"},
                        "events":{"Seen":{"count":1,"first_seen":1704070861,"last_seen":1704070861}},"platformInfo":[]
                      },
                      "ts":20240101010101,"event_props":{"n":1.5,"text":"<€"}
                    }]}
                    """
                )
            )
        );
    }

    [Test]
    public async Task Events_are_filtered_by_name_and_by_days_in_UTC()
    {
        await session.UploadAsync(
            Event("u", January - 1, "before"),
            Event("u", January, "first second"),
            Event("u", January + (31 * Day) - 1, "last second"),
            Event("u", January + (31 * Day), "after"),
            """{"type":"event","identity":"u","ts":1704067201,"evtName":"seen","evtData":{"id":"other name"}}""",
            """{"type":"event","identity":"u","evtName":"Seen","evtData":{"id":"without ts"}}""",
            Event("u", January * 1000, "milliseconds")
        );
        Assert.That(Ids(await ReadAllAsync("1/events.json", Query)), Is.EqualTo(new[] { "first second", "last second", "without ts" }));
    }

    [TestCase(1, 6)]
    [TestCase(2, 3)]
    [TestCase(5, 2)]
    [TestCase(6, 1)]
    [TestCase(7, 1)]
    public async Task Pages_hold_batch_size_events_and_the_last_has_no_cursor(int batchSize, int pages)
    {
        string[] ids = [.. Enumerable.Range(0, 6).Select(index => $"e{index}")];
        foreach (string id in ids)
        {
            await session.UploadAsync(Event("u", January, id), """{"type":"event","identity":"u","evtName":"Other","evtData":{}}""");
        }

        Assert.That(Ids(await ReadAllAsync($"1/events.json?batch_size={batchSize}", Query)), Is.EqualTo(ids));
        Assert.That(
            session.Emulator.Requests.Where(request => request.Path == "/1/events.json").Select(request => request.RecordCount),
            Has.Exactly(pages + 1).Items.And.All.AtMost(batchSize).And.Some.GreaterThan(0)
        );
    }

    [Test]
    public async Task A_read_without_matches_has_one_empty_page() => Assert.That(await ReadAllAsync("1/profiles.json", Query), Is.Empty);

    [Test]
    public async Task Events_that_arrive_during_a_read_are_not_part_of_it()
    {
        await session.UploadAsync(Event("u", January, "a"), Event("u", January, "b"));
        string cursor = await OpenAsync("1/events.json?batch_size=1", Query);
        await session.UploadAsync(Event("u", January, "late"));
        Assert.That(Ids(await ReadPagesAsync("1/events.json", cursor)), Is.EqualTo(new[] { "a", "b" }));
    }

    [Test]
    public async Task Events_that_are_removed_during_a_read_are_left_out()
    {
        await session.UploadAsync([.. Enumerable.Range(0, 100).Select(index => Event("u", January, $"{index}"))]);
        string cursor = await OpenAsync("1/events.json?batch_size=30", Query);
        JsonElement page = await ReadPageAsync("1/events.json", cursor);
        await session.UploadAsync([.. Enumerable.Range(0, 50).Select(index => Event("u", January, $"late {index}"))]);

        JsonElement[] rest = await ReadPagesAsync("1/events.json", page.GetProperty("next_cursor").GetString()!);
        Assert.That(
            Ids([.. page.GetProperty("records").EnumerateArray()]),
            Is.EqualTo(Enumerable.Range(0, 30).Select(index => $"{index}"))
        );
        Assert.That(Ids(rest), Is.EqualTo(Enumerable.Range(50, 50).Select(index => $"{index}")));
    }

    [Test]
    public async Task A_page_can_be_read_again()
    {
        await session.UploadAsync(Event("u", January, "a"), Event("u", January, "b"));
        string cursor = await OpenAsync("1/events.json?batch_size=1", Query);
        await ReadPagesAsync("1/events.json", cursor);
        Assert.That(Ids(await ReadPagesAsync("1/events.json", cursor)), Is.EqualTo(new[] { "a", "b" }));
    }

    [Test]
    public async Task Event_of_a_deleted_profile_keeps_its_ids()
    {
        await session.UploadAsync(Event("u", January, "a"), """{"type":"profile","identity":"u","profileData":{"Plan":"pro"}}""");
        await SendAsync("1/delete/profiles.json", """{"identity":"u"}""");
        JsonElement profile = (await ReadAllAsync("1/events.json", Query)).Single().GetProperty("profile");
        Assert.That(
            profile.GetRawText(),
            Is.EqualTo("""{"identity":"u","all_identities":["u"],"profileData":{},"events":{},"platformInfo":[]}""")
        );
        Assert.That(await ReadAllAsync("1/profiles.json", Query), Is.Empty);
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public async Task Each_profile_whose_user_did_the_event_is_returned_once(int batchSize)
    {
        await session.UploadAsync(
            Event("a", January - 1, "before"),
            Event("b", January, "x"),
            Event("a", January, "x"),
            Event("b", January, "x"),
            """{"type":"event","identity":"a","objectId":"device","ts":1704067200,"evtName":"Seen","evtData":{}}""",
            Event("c", January, "x"),
            """{"type":"event","objectId":"device","ts":1704067200,"evtName":"Seen","evtData":{}}""",
            Event("d", January - 1, "before"),
            """{"type":"profile","identity":"d","profileData":{"Plan":"pro"}}""",
            Event("b", January, "x")
        );
        JsonElement[] profiles = await ReadAllAsync($"1/profiles.json?batch_size={batchSize}", Query);
        Assert.That(profiles.Select(profile => profile.GetProperty("identity").GetString()), Is.EqualTo(new[] { "b", "a", "c" }));
        Assert.That(profiles[1].GetProperty("platformInfo")[0].GetProperty("objectId").GetString(), Is.EqualTo("device"));
        Assert.That(profiles[1].GetProperty("events").GetProperty("Seen").GetProperty("count").GetInt32(), Is.EqualTo(4));
    }

    [Test]
    public async Task Parameters_of_the_first_request_exclude_attributes_and_events_from_every_page()
    {
        await session.UploadAsync(Event("a", January, "x"), Event("b", January, "x"));
        JsonElement[] profiles = await ReadAllAsync("1/profiles.json?batch_size=1&app=true&events=false&profile=false", Query);
        Assert.That(
            profiles.Select(profile => profile.GetRawText()),
            Is.EqualTo(
                new[]
                {
                    """{"identity":"a","all_identities":["a"],"platformInfo":[]}""",
                    """{"identity":"b","all_identities":["b"],"platformInfo":[]}""",
                }
            )
        );
    }

    private static string Event(string identity, long ts, string id) =>
        $$$"""{"type":"event","identity":"{{{identity}}}","ts":{{{ts}}},"evtName":"Seen","evtData":{"id":"{{{id}}}"}}""";

    private static IEnumerable<string?> Ids(IEnumerable<JsonElement> events) =>
        events.Select(record => record.GetProperty("event_props").GetProperty("id").GetString());

    private async Task<JsonElement[]> ReadAllAsync(string path, string query) =>
        await ReadPagesAsync(path.Split('?')[0], await OpenAsync(path, query));

    private async Task<string> OpenAsync(string path, string query)
    {
        (int status, string body) = await SendAsync(path, query);
        Assert.That(status, Is.EqualTo(200), body);
        return JsonDocument.Parse(body).RootElement.GetProperty("cursor").GetString()!;
    }

    private async Task<JsonElement> ReadPageAsync(string path, string cursor)
    {
        (int status, string body) = await SendAsync($"{path}?cursor={cursor}", body: null, "GET");
        Assert.That(status, Is.EqualTo(200), body);
        return JsonDocument.Parse(body).RootElement;
    }

    private async Task<JsonElement[]> ReadPagesAsync(string path, string cursor)
    {
        List<JsonElement> records = [];
        string? next = cursor;
        while (next is not null)
        {
            JsonElement page = await ReadPageAsync(path, next);
            records.AddRange(page.GetProperty("records").EnumerateArray());
            next = page.TryGetProperty("next_cursor", out JsonElement value) ? value.GetString() : null;
        }

        return [.. records];
    }

    private async Task<(int Status, string Body)> SendAsync(string path, string? body, string method = "POST")
    {
        using HttpResponseMessage response = await session.SendAsync(path, body, method);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
