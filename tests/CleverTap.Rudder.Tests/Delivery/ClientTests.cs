using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>The calls that are not uploads, over real sockets.</summary>
public sealed class ClientTests
{
    private readonly HttpClient http = new();
    private CleverTapEmulator cleverTap = null!;

    [SetUp]
    public async Task StartCleverTap() => cleverTap = await CleverTapEmulator.StartAsync();

    [TearDown]
    public async Task StopCleverTap() => await cleverTap.DisposeAsync();

    [OneTimeTearDown]
    public void DisposeHttp() => http.Dispose();

    [Test]
    public async Task DeleteProfilesAsync_sends_each_identity_once_in_calls_of_a_hundred()
    {
        string[] users = [.. Enumerable.Range(0, 250).Select(index => $"u{index}")];

        CleverTapResponse response = await Client().DeleteProfilesAsync([.. users, "u1"]);

        Assert.That(response.Status, Is.EqualTo(ResponseStatus.Success));
        Assert.That(cleverTap.RequestCount, Is.EqualTo(3));
        Assert.That(cleverTap.Deleted, Is.EquivalentTo(users));
    }

    [Test]
    public async Task DeleteProfilesByCleverTapIdAsync_sends_each_id_once_in_calls_of_a_hundred()
    {
        string[] ids = [.. Enumerable.Range(0, 150).Select(index => $"guid{index}")];

        CleverTapResponse response = await Client().DeleteProfilesByCleverTapIdAsync([.. ids, "guid1"]);

        Assert.That(response.Status, Is.EqualTo(ResponseStatus.Success));
        Assert.That(cleverTap.RequestCount, Is.EqualTo(2));
        Assert.That(cleverTap.Deleted, Is.EquivalentTo(ids));
    }

    [Test]
    public async Task DeleteProfilesByCleverTapIdAsync_sends_guids_instead_of_identities()
    {
        string? body = null;
        using var server = new RecordingHandler(sent => body = sent);
        using var scripted = new HttpClient(server);

        await new CleverTapClient(scripted, OptionsTests.Good()).DeleteProfilesByCleverTapIdAsync(["a", "b"]);

        Assert.That(body, Is.EqualTo("""{"guid":["a","b"]}"""));
    }

    [TestCase("")]
    [TestCase(null)]
    public async Task Calls_with_ids_send_nothing_and_return_BadRequest_when_an_id_is_empty(string? id)
    {
        string[] ids = ["u1", id!];
        CleverTapResponse[] responses =
        [
            await Client().DeleteProfilesAsync(ids),
            await Client().DeleteProfilesByCleverTapIdAsync(ids),
            await Client().DemergeProfilesAsync(ids),
        ];

        Assert.That(responses.Select(response => response.Status), Has.All.EqualTo(ResponseStatus.BadRequest));
        Assert.That(responses.Select(response => response.Error), Has.All.Contains("index 1 is empty"));
        Assert.That(cleverTap.RequestCount, Is.Zero);
    }

    [Test]
    public async Task DeleteProfilesAsync_succeeds_without_a_call_when_there_are_no_identities()
    {
        Assert.That((await Client().DeleteProfilesAsync([])).Status, Is.EqualTo(ResponseStatus.Success));
        Assert.That(cleverTap.RequestCount, Is.Zero);
    }

    [Test]
    public async Task DeleteProfilesAsync_makes_no_further_calls_when_the_body_of_a_response_says_fail()
    {
        using var server = new ScriptedServer(_ =>
            ScriptedServer.Response(200, body: """{"status":"fail","error":"Max 100 are allowed"}""")
        );
        using var scripted = new HttpClient(server);

        CleverTapResponse response = await new CleverTapClient(scripted, OptionsTests.Good()).DeleteProfilesAsync(
            Enumerable.Range(0, 150).Select(index => $"u{index}")
        );

        Assert.That((response.Status, response.Error, server.Requests), Is.EqualTo((ResponseStatus.Fail, "Max 100 are allowed", 1)));
    }

    [Test]
    public async Task DemergeProfilesAsync_demerges_profiles()
    {
        Assert.That((await Client().DemergeProfilesAsync(["a", "b"])).Status, Is.EqualTo(ResponseStatus.Success));
        Assert.That(cleverTap.Demerged, Is.EquivalentTo(new[] { "a", "b" }));
    }

    [Test]
    public async Task DisassociateAsync_removes_phone_numbers()
    {
        Assert.That((await Client().DisassociateAsync(["+911234567890"])).Status, Is.EqualTo(ResponseStatus.Success));
        Assert.That(cleverTap.Disassociated, Is.EqualTo(new[] { "+911234567890" }));
    }

    [Test]
    public async Task SubscribeAsync_subscribes_and_unsubscribes_addresses()
    {
        Subscription[] subscriptions =
        [
            new(ContactKind.Email, "a@b.c", Subscribed: false),
            new(ContactKind.Phone, "+911234567890", Subscribed: true),
            new(ContactKind.WhatsApp, "+911234567890", Subscribed: false),
        ];

        Assert.That((await Client().SubscribeAsync(subscriptions)).Status, Is.EqualTo(ResponseStatus.Success));
        Assert.That(cleverTap.Subscriptions, Is.EqualTo(subscriptions));
        Assert.That(subscriptions[0].ToString(), Is.EqualTo("unsubscribe Email"));
    }

    [TestCase(true, ResponseStatus.Success)]
    [TestCase(false, ResponseStatus.Unauthorized)]
    public async Task CheckCredentialsAsync_returns_Unauthorized_when_the_passcode_is_wrong(bool isValid, ResponseStatus status) =>
        Assert.That((await Client(isValid ? null : "wrong").CheckCredentialsAsync()).Status, Is.EqualTo(status));

    [Test]
    public void Constructor_reports_every_error_when_options_are_invalid() =>
        Assert.That(
            () => new CleverTapClient(http, new CleverTapOptions { Region = "?" }),
            Throws.ArgumentException.With.Message.Contains("AccountId is missing; Passcode is missing; Region may hold")
        );

    private CleverTapClient Client(string? passcode = null) =>
        new(
            http,
            new CleverTapOptions
            {
                AccountId = cleverTap.AccountId,
                Passcode = passcode ?? cleverTap.Passcode,
                Endpoint = cleverTap.Endpoint,
            }
        );

    private sealed class RecordingHandler(Action<string> record) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            record(await request.Content!.ReadAsStringAsync(cancellationToken));
            return new HttpResponseMessage { Content = new StringContent("""{"status":"success"}""") };
        }
    }
}
