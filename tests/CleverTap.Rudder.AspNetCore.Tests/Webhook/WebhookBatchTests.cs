using System.Net;
using System.Text;
using System.Text.Json;

namespace CleverTap.Rudder.Tests.Webhook;

/// <summary>Requests with several events, and compressed requests.</summary>
public sealed class WebhookBatchTests
{
    private WebhookSession webhook = null!;

    [OneTimeSetUp]
    public async Task Start() => webhook = await WebhookSession.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await webhook.DisposeAsync();

    [TestCase("""[{0},{1}]""", "array")]
    [TestCase("""{{"batch":[{0},{1}],"sentAt":"2024-03-01T10:00:00.000Z"}}""", "batch")]
    public async Task All_events_of_a_request_are_taken_and_delivered(string format, string user)
    {
        string body = string.Format(System.Globalization.CultureInfo.InvariantCulture, format, Track($"{user}-1"), Track($"{user}-2"));

        (HttpStatusCode status, JsonElement response) = await webhook.PostAsync(body);

        Assert.That((status, response.GetProperty("taken").GetInt32()), Is.EqualTo((HttpStatusCode.Accepted, 2)));
        AssertDelivered($"{user}-1", $"{user}-2");
    }

    [Test]
    public async Task A_batch_with_invalid_elements_gets_207_and_the_others_are_taken()
    {
        const string Bad = """{"type":"identify","userId":"u","traits":[],"messageId":"m7"}""";
        const string Group = """{"type":"group","userId":"u"}""";

        (HttpStatusCode status, JsonElement response) = await webhook.PostAsync(
            $$"""{"batch":[{{Track("mixed-1")}},{{Bad}},{{Group}},{{Track("mixed-2")}},7]}"""
        );

        Assert.That(status, Is.EqualTo(HttpStatusCode.MultiStatus));
        Assert.That((response.GetProperty("taken").GetInt32(), response.GetProperty("ignored").GetInt32()), Is.EqualTo((2, 1)));
        JsonElement[] errors = [.. response.GetProperty("errors").EnumerateArray()];
        Assert.That(errors.Select(one => one.GetProperty("index").GetInt32()), Is.EqualTo(new[] { 1, 4 }));
        Assert.That(errors.Select(one => one.GetProperty("code").GetString()), Is.EqualTo(new[] { "WrongKind", "NotAnObject" }));
        Assert.That(errors.Select(one => one.GetProperty("field").GetString()), Is.EqualTo(new[] { "traits", "" }));
        Assert.That(errors[0].GetProperty("messageId").GetString(), Is.EqualTo("m7"));
        AssertDelivered("mixed-1", "mixed-2");
    }

    [Test]
    public async Task A_batch_without_an_event_gets_400_and_every_error()
    {
        (HttpStatusCode status, JsonElement response) = await webhook.PostAsync("""{"batch":[{"userId":"u"},null]}""");

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        IEnumerable<string?> codes = response.GetProperty("errors").EnumerateArray().Select(one => one.GetProperty("code").GetString());
        Assert.That(codes, Is.EqualTo(new[] { "TypeMissing", "NotAnObject" }));
    }

    [TestCase("[]")]
    [TestCase("""{"batch":[]}""")]
    public async Task An_empty_batch_is_taken(string json) =>
        Assert.That((await webhook.PostAsync(json)).Status, Is.EqualTo(HttpStatusCode.Accepted));

    [Test]
    public async Task A_compressed_batch_as_the_node_SDK_sends_it_is_taken()
    {
        string json = $$"""{"batch":[{{Track("node-1")}}],"timestamp":"2024-03-01T10:00:00.000Z","sentAt":"2024-03-01T10:00:00.000Z"}""";
        byte[] body = WebhookSession.Gzip(Encoding.UTF8.GetBytes(json));

        (HttpStatusCode status, _) = await webhook.PostAsync(body, "gzip", "application/x-www-form-urlencoded");

        Assert.That(status, Is.EqualTo(HttpStatusCode.Accepted));
        AssertDelivered("node-1");
    }

    [Test]
    public async Task A_body_beyond_the_limit_is_413([Values] bool isCompressed)
    {
        byte[] body = Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat(Track("large"), WebhookSession.MaxBodyBytes / 40))}]");

        (HttpStatusCode status, JsonElement response) = isCompressed
            ? await webhook.PostAsync(WebhookSession.Gzip(body), "gzip")
            : await webhook.PostAsync(body);

        Assert.That(body, Has.Length.GreaterThan(WebhookSession.MaxBodyBytes));
        Assert.That(status, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(response.GetProperty("error").GetString(), Does.Contain("large"));
    }

    [TestCase("gzip")]
    [TestCase("br")]
    [TestCase("deflate")]
    public async Task A_body_that_is_not_compressed_as_it_says_is_400(string encoding)
    {
        byte[] body = [.. "this is plain text, and more of it than any header holds"u8];

        Assert.That((await webhook.PostAsync(body, encoding)).Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task A_half_of_a_compressed_body_is_400()
    {
        byte[] whole = WebhookSession.Gzip(Encoding.UTF8.GetBytes($"[{Track("half")}]"));

        Assert.That((await webhook.PostAsync(whole[..(whole.Length / 2)], "gzip")).Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task Unknown_encoding_is_415() =>
        Assert.That((await webhook.PostAsync([1, 2, 3], "compress")).Status, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));

    private static string Track(string user) => $$"""{"type":"track","userId":"{{user}}","event":"Seen"}""";

    private void AssertDelivered(params string[] users) =>
        Assert.That(() => users.All(user => webhook.CleverTap.Events.Any(stored => stored.Identity == user)), Is.True.After(10_000, 10));
}
