using System.Net;
using System.Text.Json;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Tests.Webhook;

/// <summary>The Webhook sample: an event that gets 202 is on disk and reaches CleverTap.</summary>
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
        (HttpStatusCode status, JsonElement response) = await webhook.PostAsync(
            """{"type":"identify","userId":"user-1","traits":{"email":"name@website.com"}}"""
        );

        Assert.That(status, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(response.GetRawText(), Is.EqualTo("""{"taken":1,"ignored":0,"invalid":0,"errors":[]}"""));
        Assert.That(() => EmailOf("user-1"), Is.EqualTo("name@website.com").After(10_000, 10));
    }

    [TestCase("{broken", "NotJson")]
    [TestCase("""{"type":"track","userId":{},"event":"e"}""", "WrongKind")]
    [TestCase("""{"userId":"u","event":"e"}""", "TypeMissing")]
    [TestCase("""{"body":{"JSON":{"type":"track","userId":"u","event":"e"}}}""", "TypeMissing")]
    [TestCase("42", "NotAnObject")]
    [TestCase("""{"type":"trak","userId":"u"}""", "TypeNotSupported")]
    public async Task A_body_without_an_event_gets_400_and_the_error(string json, string code)
    {
        (HttpStatusCode status, JsonElement response) = await webhook.PostAsync(json);

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(response.GetProperty("errors")[0].GetProperty("code").GetString(), Is.EqualTo(code));
    }

    [Test]
    public async Task Unsupported_call_is_ignored()
    {
        (HttpStatusCode status, JsonElement response) = await webhook.PostAsync("""{"type":"group","userId":"u","groupId":"g"}""");

        Assert.That(status, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(response.GetRawText(), Is.EqualTo("""{"taken":0,"ignored":1,"invalid":0,"errors":[]}"""));
    }

    [Test]
    public async Task Without_the_secret_nothing_is_taken()
    {
        (HttpStatusCode status, _) = await webhook.PostAsync("""{"type":"track","userId":"user-2","event":"e"}""", secret: "guessed");

        Assert.That(status, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Health_reports_the_result_of_the_last_upload() => Assert.That(await webhook.HealthAsync(), Is.EqualTo("Healthy"));

    [Test]
    public async Task Host_does_not_start_without_a_secret()
    {
        (int exitCode, string error) = await ServiceProcess.FailToStartAsync("Webhook", ("Webhook__Secret", ""));

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(error, Does.Contain("Webhook:Secret must not be empty"));
    }

    [TestCase("0", "must be ≥ 1 (was 0)")]
    [TestCase("-1", "must be ≥ 1 (was -1)")]
    [TestCase("4 MB", "must be a whole number")]
    public async Task Host_does_not_start_with_a_body_limit_that_is_not_positive(string value, string error)
    {
        (int exitCode, string output) = await ServiceProcess.FailToStartAsync(
            "Webhook",
            ("Webhook__MaxBodyBytes", value),
            ("Webhook__Secret", "shared")
        );

        Assert.That((exitCode, output.TrimEnd()), Is.EqualTo((2, $"Webhook:MaxBodyBytes {error}")));
    }

    private string? EmailOf(string user) =>
        webhook.CleverTap.Profiles.TryGetValue(user, out StoredProfile? profile) ? profile.Attributes["Email"].GetString() : null;
}
