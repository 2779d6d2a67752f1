using System.Text;
using CleverTap.Rudder.Testing;
using Microsoft.AspNetCore.Builder;

namespace CleverTap.Rudder.Tests.AspNetCore;

public sealed class MapRudderDataPlaneTests
{
    private EndpointHost host = null!;

    [SetUp]
    public async Task Start() =>
        host = await EndpointHost.StartAsync(app => app.MapRudderDataPlane(["key-1", "key-2"], options => options.MaxBodyBytes = 1024));

    [TearDown]
    public async Task Stop() => await host.DisposeAsync();

    [TestCase("track", """{"userId":"u1","event":"Seen"}""", "Seen")]
    [TestCase("page", """{"userId":"u1","name":"Cart"}""", "Web Page Viewed: Cart")]
    [TestCase("screen", """{"userId":"u1","name":"Cart"}""", "Screen Viewed: Cart")]
    [TestCase("track", """{"userId":"u1","event":"Seen","type":null} """, "Seen")]
    [TestCase("track", """{"userId":"u1","name":"Cart","type":"page"}""", "Web Page Viewed: Cart")]
    public async Task Route_decides_the_type_of_an_event_without_a_type(string route, string json, string expected)
    {
        EndpointResponse response = await host.PostAsync($"/v1/{route}", json, Key("key-1"));

        Assert.That((response.Status, response.Text), Is.EqualTo((200, "OK")));
        await host.DeliveredUsersAsync();
        Assert.That(host.CleverTap.Events.Single().Name, Is.EqualTo(expected));
    }

    [Test]
    public async Task Identify_and_alias_calls_become_profiles()
    {
        await host.PostAsync("/v1/identify", """{"userId":"u1","traits":{"email":"name@website.com"}}""", Key("key-1"));
        await host.PostAsync("/v1/alias", """{"userId":"u2","previousId":"u1"}""", Key("key-1"));

        await host.DeliveredUsersAsync();
        StoredProfile profile = host.CleverTap.Profiles["u1"];
        Assert.That(profile.Attributes["Email"].GetString(), Is.EqualTo("name@website.com"));
        Assert.That(profile.Identities, Is.EquivalentTo(new[] { "u1", "u2" }));
    }

    [TestCase("{}")]
    [TestCase("""{"userId":"u1","groupId":"g"}""")]
    public async Task A_group_call_is_ignored(string json)
    {
        Assert.That((await host.PostAsync("/v1/group", json, Key("key-1"))).Text, Is.EqualTo("OK"));
        Assert.That(host.CleverTap.RequestCount, Is.Zero);
    }

    [Test]
    public async Task A_batch_as_the_node_SDK_sends_it_is_taken()
    {
        const string Time = "2024-03-01T10:00:00.000Z";
        byte[] body = EndpointHost.Gzip($$"""{"batch":[{{EndpointHost.Track("u1")}}],"timestamp":"{{Time}}","sentAt":"{{Time}}"}""");

        EndpointResponse response = await host.PostAsync(
            "/v1/batch",
            body,
            "application/x-www-form-urlencoded",
            ("Content-Encoding", "gzip"),
            Key("key-2")
        );

        Assert.That((response.Status, response.Text), Is.EqualTo((200, "OK")));
        Assert.That(await host.DeliveredUsersAsync(), Is.EqualTo(new[] { "u1" }));
    }

    [TestCase("key-1:", 200)]
    [TestCase("key-2:any password", 200)]
    [TestCase("key-1", 200)]
    [TestCase("key-3:", 401)]
    [TestCase(":key-1", 401)]
    [TestCase("", 401)]
    public async Task The_write_key_is_the_user_name(string credentials, int status)
    {
        string value = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))}";

        Assert.That((await host.PostAsync("/v1/batch", "[]", ("Authorization", value))).Status, Is.EqualTo(status));
    }

    [TestCase("Bearer a2V5LTE6")]
    [TestCase("Basic")]
    [TestCase("Basic key-1:")]
    [TestCase("a2V5LTE6")]
    public async Task Without_basic_authentication_nothing_is_taken(string authorization)
    {
        EndpointResponse response = await host.PostAsync("/v1/track", EndpointHost.Track("u1"), ("Authorization", authorization));

        Assert.That(response.Status, Is.EqualTo(401));
        Assert.That(await host.DeliveredUsersAsync(), Is.Empty);
    }

    [Test]
    public async Task A_batch_with_invalid_elements_is_taken_without_them()
    {
        EndpointResponse response = await host.PostAsync("/v1/batch", $$"""{"batch":[7,{{EndpointHost.Track("u1")}}]}""", Key("key-1"));

        Assert.That((response.Status, response.Text), Is.EqualTo((200, "OK")));
        Assert.That(await host.DeliveredUsersAsync(), Is.EqualTo(new[] { "u1" }));
    }

    [TestCase("/v1/batch", "{broken")]
    [TestCase("/v1/batch", """{"batch":[{"userId":"u1","event":"Seen"}]}""")]
    [TestCase("/v1/track", "[7]")]
    [TestCase("/v1/track", "")]
    public async Task A_body_without_an_event_gets_400(string path, string json) =>
        Assert.That((await host.PostAsync(path, json, Key("key-1"))).Status, Is.EqualTo(400));

    [Test]
    public async Task A_body_beyond_the_limit_gets_413() =>
        Assert.That((await host.PostAsync("/v1/batch", new string(' ', 1025), Key("key-1"))).Status, Is.EqualTo(413));

    [Test]
    public async Task A_group_of_routes_gives_the_data_plane_a_prefix()
    {
        await using EndpointHost prefixed = await EndpointHost.StartAsync(app => app.MapGroup("/eu").MapRudderDataPlane("key-1"));

        Assert.That((await prefixed.PostAsync("/eu/v1/track", EndpointHost.Track("u1"), Key("key-1"))).Status, Is.EqualTo(200));
    }

    private static (string Header, string Value) Key(string writeKey) =>
        ("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{writeKey}:"))}");
}
