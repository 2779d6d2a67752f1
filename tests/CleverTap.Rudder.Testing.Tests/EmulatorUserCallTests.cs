using System.Text.Json;

namespace CleverTap.Rudder.Tests.Testing;

[TestFixture]
public sealed class EmulatorUserCallTests
{
    private EmulatorSession session = null!;

    [SetUp]
    public void Start() => session = EmulatorSession.WithoutSockets();

    [TearDown]
    public async Task Stop() => await session.DisposeAsync();

    [TestCase("""{"identity":"a"}""", "b,device")]
    [TestCase("""{"identity":["a","b","unknown"]}""", "device")]
    [TestCase("""{"identity":["device"]}""", "a,b,device", Description = "an objectId is no identity")]
    [TestCase("""{"guid":"device"}""", "a,b")]
    [TestCase("""{"guid":["device","a"]}""", "a,b")]
    public async Task A_profile_is_deleted_by_identity_or_guid(string body, string left)
    {
        await session.UploadAsync(Profile("a"), Profile("b"), """{"type":"profile","objectId":"device","profileData":{}}""");
        Assert.That(await ResponseAsync("1/delete/profiles.json", body), Is.EqualTo((200, """{"status":"success"}""")));
        Assert.That(session.Emulator.Profiles.Keys, Is.EqualTo(left.Split(',')));
    }

    [Test]
    public async Task Deleted_user_gets_a_new_profile_and_keeps_the_events()
    {
        await session.UploadAsync("""{"type":"event","identity":"a","evtName":"Seen","evtData":{}}""", Profile("a"));
        await ResponseAsync("1/delete/profiles.json", """{"identity":"a"}""");
        Assert.That(session.Emulator.EventsOf("a"), Has.Count.EqualTo(1));

        await session.UploadAsync("""{"type":"event","identity":"a","evtName":"Back","evtData":{}}""");
        Assert.That(session.Emulator.Profiles["a"].Attributes, Is.Empty);
        Assert.That(session.Emulator.ProfileCount, Is.EqualTo(2));
        Assert.That(session.Emulator.Deleted, Is.EqualTo(new[] { "a" }));
    }

    [TestCase("1/delete/profiles.json", """{"identity":"a","guid":"device"}""", "Either identity or guid is allowed, not both")]
    [TestCase("1/delete/profiles.json", "{}", "Malformed request")]
    [TestCase("1/delete/profiles.json", """{"identity":[]}""", "Malformed request")]
    [TestCase("1/delete/profiles.json", """{"identity":[null]}""", "Malformed request")]
    [TestCase("1/delete/profiles.json", """{"identity":{}}""", "Malformed request")]
    [TestCase("1/delete/profiles.json", "[", "Malformed request")]
    [TestCase("1/demerge/profiles.json", """{"identity":["a"]}""", "Malformed request")]
    [TestCase("1/disassociate", """{"type":"phone","value":"+1"}""", "Malformed request")]
    [TestCase("1/subscribe", """{"d":{}}""", "Malformed request")]
    public async Task A_body_of_another_shape_is_400(string path, string body, string error) =>
        Assert.That(await ResponseAsync(path, body), Is.EqualTo((400, $$"""{"status":"fail","error":"{{error}}","code":400}""")));

    [TestCase("1/delete/profiles.json", "identity", 100, 200)]
    [TestCase("1/delete/profiles.json", "identity", 101, 400)]
    [TestCase("1/delete/profiles.json", "guid", 101, 400)]
    [TestCase("1/demerge/profiles.json", "identities", 100, 200)]
    [TestCase("1/demerge/profiles.json", "identities", 101, 400)]
    public async Task A_call_is_about_up_to_100_users(string path, string member, int count, int status)
    {
        (int actualStatus, string body) = await ResponseAsync(
            path,
            $$"""{"{{member}}":[{{string.Join(',', Enumerable.Range(1, count))}}]}"""
        );
        Assert.That(actualStatus, Is.EqualTo(status));
        Assert.That(body.Contains("Max 100 are allowed", StringComparison.Ordinal), Is.EqualTo(status == 400));
        Assert.That(session.Emulator.Deleted.Count + session.Emulator.Demerged.Count, Is.EqualTo(status == 200 ? 100 : 0));
        Assert.That(session.Emulator.Requests.Single().RecordCount, Is.EqualTo(count));
    }

    [TestCase("1/disassociate", 1000, 200)]
    [TestCase("1/disassociate", 1001, 400)]
    [TestCase("1/subscribe", 1001, 400)]
    public async Task A_call_is_about_up_to_1000_addresses(string path, int count, int status)
    {
        string entries = string.Join(',', Enumerable.Repeat("""{"type":"phone","value":"+1","status":"Unsubscribe"}""", count));
        Assert.That((await ResponseAsync(path, $$"""{"d":[{{entries}}]}""")).Status, Is.EqualTo(status));
        Assert.That(session.Emulator.Disassociated, Has.Count.EqualTo(status == 200 ? count : 0));
    }

    [Test]
    public async Task Demerged_identities_are_recorded()
    {
        Assert.That(
            await ResponseAsync("1/demerge/profiles.json", """{"identities":["a","b"]}"""),
            Is.EqualTo((200, """{"status":"success"}"""))
        );
        Assert.That(session.Emulator.Demerged, Is.EqualTo(new[] { "a", "b" }));
    }

    [Test]
    public async Task Disassociated_phone_numbers_are_recorded()
    {
        Assert.That(
            await ResponseAsync("1/disassociate", """{"d":[{"type":"phone","value":"+919213231415"}]}"""),
            Is.EqualTo((200, """{"status":"success","processed":1,"unprocessed":[]}"""))
        );
        Assert.That(session.Emulator.Disassociated, Is.EqualTo(new[] { "+919213231415" }));
    }

    [Test]
    public async Task Subscriptions_are_recorded()
    {
        (int status, _) = await ResponseAsync(
            "1/subscribe",
            """
            {"d":[{"type":"phone","value":"+1","status":"Unsubscribe"},{"type":"email","value":"jane@example.com","status":"Resubscribe"},
            {"type":"whatsapp","value":"+2","status":"Resubscribe"}]}
            """
        );
        Assert.That(status, Is.EqualTo(200));
        Assert.That(
            session.Emulator.Subscriptions,
            Is.EqualTo(
                new[]
                {
                    new Subscription(ContactKind.Phone, "+1", Subscribed: false),
                    new Subscription(ContactKind.Email, "jane@example.com", Subscribed: true),
                    new Subscription(ContactKind.WhatsApp, "+2", Subscribed: true),
                }
            )
        );
    }

    [TestCase("1/subscribe", """{"type":"fax","value":"+1","status":"Unsubscribe"}""")]
    [TestCase("1/subscribe", """{"type":"phone","value":"","status":"Unsubscribe"}""")]
    [TestCase("1/subscribe", """{"type":"phone","value":"+1","status":"maybe"}""")]
    [TestCase("1/disassociate", """{"type":"email","value":"jane@example.com"}""")]
    [TestCase("1/disassociate", """{"type":"phone","value":5}""")]
    [TestCase("1/disassociate", "5")]
    public async Task Invalid_entry_is_unprocessed_and_the_others_are_recorded(string path, string bad)
    {
        (int status, string body) = await ResponseAsync(path, $$"""{"d":[{"type":"phone","value":"+1","status":"Unsubscribe"},{{bad}}]}""");
        using JsonDocument response = JsonDocument.Parse(body);
        Assert.That(status, Is.EqualTo(200));
        Assert.That(response.RootElement.GetProperty("status").GetString(), Is.EqualTo("partial"));
        Assert.That(response.RootElement.GetProperty("unprocessed")[0].GetProperty("record").GetRawText(), Is.EqualTo(bad));
        Assert.That(
            response.RootElement.GetProperty("unprocessed")[0].GetProperty("error").GetString(),
            Does.EndWith("Skipped record number : 2")
        );
        Assert.That(session.Emulator.Subscriptions.Count + session.Emulator.Disassociated.Count, Is.EqualTo(1));
    }

    [TestCase("1/delete/profiles.json")]
    [TestCase("1/demerge/profiles.json")]
    [TestCase("1/disassociate")]
    [TestCase("1/subscribe")]
    public async Task Credentials_are_checked_and_only_POST_is_taken(string path)
    {
        using HttpResponseMessage unauthorized = await session.SendAsync(path, "{}", passcode: "wrong");
        using HttpResponseMessage got = await session.SendAsync(path, body: null, "GET");
        Assert.That(((int)unauthorized.StatusCode, (int)got.StatusCode), Is.EqualTo((401, 405)));
    }

    [Test]
    public async Task Clear_removes_the_entries_of_user_calls()
    {
        await ResponseAsync("1/delete/profiles.json", """{"identity":"a"}""");
        await ResponseAsync("1/disassociate", """{"d":[{"type":"phone","value":"+1"}]}""");
        session.Emulator.Clear();
        Assert.That(session.Emulator.Deleted, Is.Empty);
        Assert.That(session.Emulator.Disassociated, Is.Empty);
    }

    private async Task<(int Status, string Body)> ResponseAsync(string path, string body)
    {
        using HttpResponseMessage response = await session.SendAsync(path, body);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static string Profile(string identity) => $$$"""{"type":"profile","identity":"{{{identity}}}","profileData":{"Name":"Jane"}}""";
}
