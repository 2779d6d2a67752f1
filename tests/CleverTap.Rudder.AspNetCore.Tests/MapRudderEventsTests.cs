using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;

namespace CleverTap.Rudder.Tests.AspNetCore;

public sealed class MapRudderEventsTests
{
    private const string Path = "/rudder";
    private const int MaxBodyBytes = 64 * 1024;

    private EndpointHost host = null!;

    [SetUp]
    public async Task Start() =>
        host = await EndpointHost.StartAsync(app => app.MapRudderEvents(Path, options => options.MaxBodyBytes = MaxBodyBytes));

    [TearDown]
    public async Task Stop() => await host.DisposeAsync();

    [TestCase("{0}", 1)]
    [TestCase("[{0},{1}]", 2)]
    [TestCase("{{\"batch\":[{0},{1}]}}", 2)]
    public async Task Events_of_every_form_are_taken_and_delivered(string format, int count)
    {
        string json = string.Format(null, format, EndpointHost.Track("u1"), EndpointHost.Track("u2"));

        EndpointResponse response = await host.PostAsync(Path, json);

        Assert.That((response.Status, response.Text), Is.EqualTo((202, $$"""{"taken":{{count}},"ignored":0,"invalid":0,"errors":[]}""")));
        Assert.That(await host.DeliveredUsersAsync(), Is.EquivalentTo(new[] { "u1", "u2" }.Take(count)));
    }

    [TestCase("application/json")]
    [TestCase("text/plain")]
    [TestCase("application/x-www-form-urlencoded")]
    public async Task The_content_type_does_not_matter(string contentType)
    {
        EndpointResponse response = await host.PostAsync(Path, Encoding.UTF8.GetBytes(EndpointHost.Track("u1")), contentType);

        Assert.That(response.Status, Is.EqualTo(202));
    }

    [TestCase("Content-Encoding", "gzip")]
    [TestCase("Content-Encoding", "GZIP")]
    [TestCase("Content-Encoding", "x-gzip")]
    [TestCase("Content-Encoding", "identity")]
    [TestCase("X-Other", "none")]
    public async Task Gzip_is_recognised_by_its_header_and_by_its_content(string header, string value)
    {
        byte[] body = EndpointHost.Gzip(EndpointHost.Track("u1"));

        EndpointResponse response = await host.PostAsync(Path, body, "application/json", (header, value));

        Assert.That(response.Status, Is.EqualTo(202));
        Assert.That(await host.DeliveredUsersAsync(), Is.EqualTo(new[] { "u1" }));
    }

    [Test]
    public async Task A_body_beyond_the_limit_gets_413([Values] bool isCompressed)
    {
        string json = $"[{string.Join(',', Enumerable.Repeat(EndpointHost.Track("u1"), MaxBodyBytes / 40))}]";

        EndpointResponse response = isCompressed
            ? await host.PostAsync(Path, EndpointHost.Gzip(json), "application/json", ("Content-Encoding", "gzip"))
            : await host.PostAsync(Path, json);

        Assert.That(response.Status, Is.EqualTo(413));
        Assert.That(response.Json.GetProperty("error").GetString(), Is.EqualTo("The body is larger than 65536 bytes (MaxBodyBytes)"));
        Assert.That(await host.DeliveredUsersAsync(), Is.Empty);
    }

    [Test]
    public async Task Response_to_a_body_beyond_the_limit_closes_the_connection()
    {
        EndpointResponse response = await host.PostAsync(Path, new string(' ', 2 * MaxBodyBytes));

        Assert.That((response.Status, response.ClosesConnection), Is.EqualTo((413, true)));
    }

    [Test]
    public async Task A_body_of_exactly_the_limit_is_taken()
    {
        string json = EndpointHost.Track("u1").PadRight(MaxBodyBytes);

        Assert.That((await host.PostAsync(Path, json)).Status, Is.EqualTo(202));
        Assert.That((await host.PostAsync(Path, json + " ")).Status, Is.EqualTo(413));
    }

    [Test]
    public async Task Invalid_elements_get_207_with_index_code_field_and_message_id()
    {
        const string Invalid = """{"type":"identify","userId":"u","traits":[],"messageId":"m7"}""";

        EndpointResponse response = await host.PostAsync(Path, $"[{EndpointHost.Track("u1")},{Invalid}]");

        Assert.That(response.Status, Is.EqualTo(207));
        Assert.That((response.Json.GetProperty("taken").GetInt32(), response.Json.GetProperty("invalid").GetInt32()), Is.EqualTo((1, 1)));
        Assert.That(
            response.Json.GetProperty("errors").GetRawText(),
            Is.EqualTo(
                """[{"index":1,"code":"WrongKind","field":"traits","message":"traits must be an object; correct this field """
                    + """of the event","expected":"an object","messageId":"m7"}]"""
            )
        );
        Assert.That(await host.DeliveredUsersAsync(), Is.EqualTo(new[] { "u1" }));
    }

    [Test]
    public async Task The_first_100_errors_are_listed_and_all_are_counted()
    {
        JsonElement response = (await host.PostAsync(Path, $"[{string.Join(',', Enumerable.Repeat("7", 150))}]")).Json;

        Assert.That((response.GetProperty("invalid").GetInt32(), response.GetProperty("errors").GetArrayLength()), Is.EqualTo((150, 100)));
    }

    [TestCase(10_000, 400)]
    [TestCase(10_001, 413)]
    public async Task Batch_with_too_many_elements_gets_413(int count, int status)
    {
        EndpointResponse response = await host.PostAsync(Path, $"[{string.Join(',', Enumerable.Repeat("0", count))}]");

        Assert.That(response.Status, Is.EqualTo(status));
    }

    [Test]
    public async Task Batch_with_too_many_elements_is_rejected_as_a_whole_with_the_limit()
    {
        string zeros = string.Join(',', Enumerable.Repeat("0", 10_000));

        EndpointResponse response = await host.PostAsync(Path, $"{{\"batch\":[{EndpointHost.Track("u1")},{zeros}]}}");

        Assert.That(
            response.Json.GetProperty("error").GetString(),
            Is.EqualTo("The body has more than 10000 elements; send fewer at once")
        );
        Assert.That(await host.DeliveredUsersAsync(), Is.Empty);
    }

    [TestCase("group")]
    [TestCase("merge")]
    public async Task Unsupported_calls_are_ignored_with_every_mapping(string type)
    {
        await using EndpointHost parity = await EndpointHost.StartAsync(
            app => app.MapRudderEvents(Path),
            options => options.Mapping = MappingOptions.RudderTransformer
        );

        EndpointResponse response = await parity.PostAsync(Path, $$"""[{"type":"{{type}}","userId":"u"},{{EndpointHost.Track("u1")}}]""");

        Assert.That((response.Status, response.Text), Is.EqualTo((202, """{"taken":1,"ignored":1,"invalid":0,"errors":[]}""")));
    }

    [TestCase("shared", 202)]
    [TestCase("Shared", 401)]
    [TestCase("", 401)]
    [TestCase(null, 401)]
    public async Task Request_needs_the_secret_when_one_is_configured(string? secret, int status)
    {
        await using EndpointHost guarded = await EndpointHost.StartAsync(app =>
            app.MapRudderEvents(Path, options => (options.SecretHeader, options.Secret) = ("X-Key", "shared"))
        );

        EndpointResponse response = await guarded.PostAsync(
            Path,
            EndpointHost.Track("u1"),
            secret is null ? ("X-Other", "shared") : ("X-Key", secret)
        );

        Assert.That(response.Status, Is.EqualTo(status));
        Assert.That(await guarded.DeliveredUsersAsync(), Has.Exactly(status == 202 ? 1 : 0).Items);
    }

    [Test]
    public async Task Events_go_to_the_named_destination()
    {
        await using EndpointHost named = await EndpointHost.StartAsync(
            app => app.MapRudderEvents(Path, options => options.Destination = "eu"),
            name: "eu"
        );

        Assert.That((await named.PostAsync(Path, EndpointHost.Track("u1"))).Status, Is.EqualTo(202));
        Assert.That(await named.DeliveredUsersAsync("eu"), Is.EqualTo(new[] { "u1" }));
    }
}
