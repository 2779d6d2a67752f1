using System.Net;
using System.Text.Json;
using CleverTap.Rudder.Testing;
using CleverTap.Rudder.Tests.TransformerService;

namespace CleverTap.Rudder.Tests.Webhook;

/// <summary>The sample that takes RudderStack's webhook: what is answered with 200 is on disk, and reaches CleverTap.</summary>
public sealed class WebhookTests
{
    private WebhookSession webhook = null!;

    [OneTimeSetUp]
    public async Task Start() => webhook = await WebhookSession.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await webhook.DisposeAsync();

    [Test]
    public async Task An_event_is_taken_and_delivered()
    {
        (HttpStatusCode status, JsonElement answer) =
            await webhook.PostAsync("""{"type":"identify","userId":"user-1","traits":{"email":"name@website.com"}}""");

        Assert.That((status, answer.GetRawText()), Is.EqualTo((HttpStatusCode.OK, """{"taken":1,"ignored":0,"refused":[]}""")));
        Assert.That(() => EmailOf("user-1"), Is.EqualTo("name@website.com").After(10_000, 10));
    }

    [TestCase("{broken", "NotJson")]
    [TestCase("""{"type":"track","userId":{},"event":"e"}""", "WrongKind")]
    [TestCase("""{"userId":"u","event":"e"}""", "TypeMissing")]
    [TestCase("""{"body":{"JSON":{"type":"track","userId":"u","event":"e"}}}""", "TypeMissing")]
    [TestCase("42", "NotAnObject")]
    [TestCase("""{"type":"trak","userId":"u"}""", "TypeNotSupported")]
    public async Task What_is_no_event_is_answered_with_what_is_wrong(string json, string code)
    {
        (HttpStatusCode status, JsonElement answer) = await webhook.PostAsync(json);

        Assert.That((status, answer.GetProperty("code").GetString()), Is.EqualTo((HttpStatusCode.BadRequest, code)));
    }

    [Test]
    public async Task A_call_that_CleverTap_does_not_have_is_ignored()
    {
        (HttpStatusCode status, JsonElement answer) = await webhook.PostAsync("""{"type":"group","userId":"u","groupId":"g"}""");

        Assert.That((status, answer.GetRawText()), Is.EqualTo((HttpStatusCode.OK, """{"taken":0,"ignored":1,"refused":[]}""")));
    }

    [Test]
    public async Task Without_the_secret_nothing_is_taken()
    {
        (HttpStatusCode status, _) = await webhook.PostAsync("""{"type":"track","userId":"user-2","event":"e"}""", secret: "guessed");

        Assert.That(status, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Health_tells_how_the_last_upload_went() => Assert.That(await webhook.HealthAsync(), Is.EqualTo("Healthy"));

    [Test]
    public async Task It_does_not_start_without_a_secret()
    {
        (int exitCode, string error) = await ServiceProcess.FailToStartAsync("Webhook", "Secret", "");

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(error, Does.Contain("Secret is required"));
    }

    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("4 MB")]
    public async Task It_does_not_start_with_a_body_limit_that_is_no_positive_number(string value)
    {
        (int exitCode, string error) = await ServiceProcess.FailToStartAsync("Webhook", "MaxBodyBytes", value);

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(error, Does.Contain("MaxBodyBytes must be a positive number of bytes"));
    }

    private string? EmailOf(string user) =>
        webhook.CleverTap.Profiles.TryGetValue(user, out StoredProfile? profile) ? profile.Attributes["Email"].GetString() : null;
}
