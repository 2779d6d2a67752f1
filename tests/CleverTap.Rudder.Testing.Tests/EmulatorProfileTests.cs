using System.Text.Json;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Tests.Testing;

[TestFixture]
public sealed class EmulatorProfileTests
{
    private EmulatorSession session = null!;

    [SetUp]
    public async Task Start() => session = await EmulatorSession.StartAsync();

    [TearDown]
    public async Task Stop() => await session.DisposeAsync();

    [Test]
    public async Task Profile_is_created_and_then_updated()
    {
        await session.UploadAsync(Profile("u", """{"Name":"Jane","Plan":"free"}"""));
        await session.UploadAsync(Profile("u", """{"Plan":"pro","Email":"jane@example.com","Gone":null}"""));

        StoredProfile profile = session.Emulator.Profiles["u"];
        Assert.That(
            profile.Attributes.Select(attribute => $"{attribute.Key}={attribute.Value}"),
            Is.EqualTo(new[] { "Name=Jane", "Plan=pro", "Email=jane@example.com", "Gone=" })
        );
        Assert.That(profile.Identities, Is.EqualTo(new[] { "u" }));
        Assert.That(session.Emulator.ProfileCount, Is.EqualTo(1));
        Assert.That(session.Emulator.ProfileRecordCount, Is.EqualTo(2));
    }

    [Test]
    public async Task A_profile_that_was_looked_up_does_not_change()
    {
        await session.UploadAsync(Profile("u", """{"Plan":"free"}"""));
        StoredProfile before = session.Emulator.Profiles["u"];
        await session.UploadAsync(Profile("u", """{"Plan":"pro"}"""));
        Assert.That(before.Attributes["Plan"].GetString(), Is.EqualTo("free"));
    }

    [Test]
    public async Task An_identity_within_the_data_is_a_further_id_of_the_user()
    {
        await session.UploadAsync("""{"type":"profile","objectId":"device","profileData":{"identity":7,"Name":"Jane"}}""");

        StoredProfile profile = session.Emulator.Profiles["7"];
        Assert.That(profile.Identities, Is.EqualTo(new[] { "7" }));
        Assert.That(profile.ObjectIds, Is.EqualTo(new[] { "device" }));
        Assert.That(profile.Attributes.Keys, Is.EqualTo(new[] { "Name" }));
        Assert.That(session.Emulator.Profiles["device"].Identities, Is.EqualTo(new[] { "7" }));
    }

    [Test]
    public async Task Profiles_are_merged_when_a_record_contains_ids_of_both()
    {
        await session.UploadAsync(
            Profile("old", """{"Name":"Jane","City":"Rome"}"""),
            Profile("new", """{"City":"Oslo","Plan":"pro"}"""),
            """{"type":"token","objectId":"device","tokenData":{"id":"t","type":"fcm"}}""",
            Profile("old", """{"identity":"new"}"""),
            """{"type":"profile","objectId":"device","profileData":{"identity":"old"}}"""
        );

        StoredProfile profile = session.Emulator.Profiles["new"];
        Assert.That(profile.Identities, Is.EquivalentTo(new[] { "old", "new" }));
        Assert.That(profile.ObjectIds, Is.EqualTo(new[] { "device" }));
        Assert.That(profile.DeviceTokens.Single().Id, Is.EqualTo("t"));
        Assert.That(
            profile.Attributes.ToDictionary(attribute => attribute.Key, attribute => attribute.Value.GetString()),
            Is.EquivalentTo(
                new Dictionary<string, string>
                {
                    ["Name"] = "Jane",
                    ["City"] = "Oslo",
                    ["Plan"] = "pro",
                }
            )
        );
        Assert.That(session.Emulator.ProfileCount, Is.EqualTo(1));
        Assert.That(session.Emulator.Profiles, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Events_of_merged_profiles_belong_to_one_user()
    {
        await session.UploadAsync(
            """{"type":"event","objectId":"device","evtName":"Seen","evtData":{}}""",
            """{"type":"event","identity":"someone else","evtName":"Seen","evtData":{}}""",
            """{"type":"profile","objectId":"device","profileData":{"identity":"u"}}""",
            """{"type":"event","identity":"u","evtName":"Bought","evtData":{}}"""
        );
        Assert.That(session.Emulator.EventsOf("u").Select(stored => stored.Name), Is.EqualTo(new[] { "Seen", "Bought" }));
    }

    [Test]
    public async Task Event_creates_a_profile()
    {
        await session.UploadAsync("""{"type":"event","identity":"u","evtName":"A","evtData":{}}""");
        Assert.That(session.Emulator.Profiles["u"].Attributes, Is.Empty);
    }

    [Test]
    public async Task The_same_text_as_identity_and_objectId_is_two_users()
    {
        await session.UploadAsync(
            Profile("x", """{"Name":"by identity"}"""),
            """{"type":"profile","objectId":"x","profileData":{"Name":"by objectId"}}"""
        );
        Assert.That(session.Emulator.Profiles["x"].Attributes["Name"].GetString(), Is.EqualTo("by identity"));
        Assert.That(session.Emulator.Profiles.Values, Has.Exactly(2).Items);
    }

    [Test]
    public async Task A_rejected_record_changes_nothing()
    {
        await session.UploadAsync(Profile("u", """{"Name":"Jane","Email":"1234"}"""));
        Assert.That(session.Emulator.Profiles.ContainsKey("u"), Is.False);
    }

    [Test]
    public void An_unknown_user_is_named_in_the_exception() =>
        Assert.That(() => session.Emulator.Profiles["nobody"], Throws.TypeOf<KeyNotFoundException>().With.Message.Contains("nobody"));

    [Test]
    public async Task A_device_token_belongs_to_the_device_and_is_kept_once()
    {
        await session.UploadAsync(
            """{"type":"profile","objectId":"device","profileData":{}}""",
            """{"type":"token","objectId":"device","tokenData":{"id":"t","type":"gcm"}}""",
            """{"type":"token","objectId":"device","tokenData":{"id":"t","type":"fcm"}}"""
        );
        DeviceToken token = session.Emulator.Profiles["device"].DeviceTokens.Single();
        Assert.That((token.Id, token.Type), Is.EqualTo(("t", "fcm")));
        Assert.That(session.Emulator.TokenRecordCount, Is.EqualTo(2));
    }

    [TestCase(null, """{"$add":["a","b"]}""", """["a","b"]""")]
    [TestCase("\"a\"", """{"$add":["b"]}""", """["a","b"]""")]
    [TestCase("""["a","b"]""", """{"$add":["b","c"]}""", """["a","b","c"]""")]
    [TestCase("""["a"]""", """{"$add":"b"}""", """["a","b"]""")]
    [TestCase("""["a","b"]""", """{"$remove":["a"]}""", """["b"]""")]
    [TestCase("""["a"]""", """{"$remove":["a"]}""", null)]
    [TestCase(null, """{"$remove":["a"]}""", null)]
    [TestCase("""["a"]""", """{"$set":["b","b","c"]}""", """["b","c"]""")]
    [TestCase("""["a","b"]""", """{"$add":["c"],"$remove":["a"]}""", """["b","c"]""")]
    [TestCase(null, """{"$incr":5}""", "5")]
    [TestCase("10", """{"$incr":2.5}""", "12.5")]
    [TestCase("10", """{"$decr":30}""", "-20")]
    [TestCase("9007199254740993", """{"$incr":1}""", "9007199254740994")]
    [TestCase("1e300", """{"$incr":1e300}""", "2E+300")]
    [TestCase("1e308", """{"$incr":1e308}""", "1e308")]
    [TestCase("\"text\"", """{"$incr":1}""", "\"text\"")]
    [TestCase("1", """{"$incr":"one"}""", "1")]
    [TestCase("\"a\"", """{"$delete":1}""", null)]
    [TestCase(null, """{"$delete":1}""", null)]
    [TestCase("1", """{"$add":["a"],"other":1}""", """{"$add":["a"],"other":1}""")]
    [TestCase("1", "{}", "{}")]
    [TestCase("""["a"]""", """["b"]""", """["b"]""")]
    public async Task An_operator_is_applied(string? before, string operation, string? after)
    {
        if (before is not null)
        {
            await session.UploadAsync(Profile("u", $$"""{"x":{{before}}}"""));
        }

        await session.UploadAsync(Profile("u", $$"""{"x":{{operation}}}"""));
        string? found = session.Emulator.Profiles["u"].Attributes.TryGetValue("x", out JsonElement value) ? value.GetRawText() : null;
        Assert.That(found, Is.EqualTo(after));
    }

    [Test]
    public async Task A_list_keeps_its_latest_100_values()
    {
        await session.UploadAsync(Profile("u", $$$"""{"x":{"$add":[{{{string.Join(',', Enumerable.Range(0, 120))}}}]}}"""));
        JsonElement list = session.Emulator.Profiles["u"].Attributes["x"];
        Assert.That(list.GetArrayLength(), Is.EqualTo(100));
        Assert.That(list[0].GetInt32(), Is.EqualTo(20));
    }

    private static string Profile(string identity, string data) =>
        $$"""{"type":"profile","identity":"{{identity}}","profileData":{{data}}}""";
}
