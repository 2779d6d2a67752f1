using System.Net;
using System.Text;
using CleverTap.Rudder.Testing;
using CleverTap.Rudder.Tests.TransformerService;

namespace CleverTap.Rudder.Tests.Webhook;

/// <summary>The sample that takes RudderStack's webhook: what is answered with 200 is on disk, and reaches CleverTap.</summary>
public sealed class WebhookTests
{
    private string folder = null!;
    private CleverTapEmulator cleverTap = null!;
    private ServiceProcess webhook = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        folder = Directory.CreateTempSubdirectory("webhook-").FullName;
        cleverTap = await CleverTapEmulator.StartAsync();
        webhook = await ServiceProcess.StartAsync(
            "Webhook",
            ("CleverTap__AccountId", cleverTap.AccountId),
            ("CleverTap__Passcode", cleverTap.Passcode),
            ("CleverTap__Endpoint", cleverTap.Endpoint.ToString()),
            ("Outbox__Database", Path.Combine(folder, "clevertap.db")),
            ("Outbox__FlushInterval", "00:00:00.001"),
            ("Secret", "shared"));
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await webhook.DisposeAsync();
        await cleverTap.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task An_event_is_taken_and_delivered()
    {
        (HttpStatusCode status, _) = await PostAsync("""{"type":"identify","userId":"user-1","traits":{"email":"name@website.com"}}""");

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(() => cleverTap.Profiles.TryGetValue("user-1", out StoredProfile? profile) ? profile.Attributes["Email"].GetString() : null, Is.EqualTo("name@website.com").After(10_000, 10));
    }

    [TestCase("{broken", "NotJson")]
    [TestCase("""{"type":"track","userId":{},"event":"e"}""", "WrongKind")]
    [TestCase("""{"type":"trak","userId":"u"}""", "TypeNotSupported")]
    public async Task What_is_no_event_is_answered_with_what_is_wrong(string json, string code)
    {
        (HttpStatusCode status, string answer) = await PostAsync(json);

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer, Does.Contain($"\"code\":\"{code}\""));
    }

    [Test]
    public async Task A_call_without_a_counterpart_is_taken_and_ignored()
    {
        (HttpStatusCode status, _) = await PostAsync("""{"type":"group","userId":"u","groupId":"g"}""");

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Without_the_secret_nothing_is_taken()
    {
        (HttpStatusCode status, _) = await PostAsync("""{"type":"track","userId":"user-2","event":"e"}""", secret: "guessed");

        Assert.That(status, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Health_tells_how_the_last_upload_went()
    {
        using var http = new HttpClient();

        Assert.That(await http.GetStringAsync(new Uri(webhook.Address, "/health")), Is.EqualTo("Healthy"));
    }

    [Test]
    public async Task It_does_not_start_without_a_secret()
    {
        (int exitCode, string error) = await ServiceProcess.FailToStartAsync("Webhook", "Secret", "");

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(error, Does.Contain("Secret is required"));
    }

    private async Task<(HttpStatusCode Status, string Answer)> PostAsync(string json, string secret = "shared")
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(webhook.Address, "/rudder")) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Webhook-Secret", secret);
        using HttpResponseMessage answer = await http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
