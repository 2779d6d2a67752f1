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
    public async Task Profiles_are_deleted_a_hundred_a_call_each_once()
    {
        string[] users = [.. Enumerable.Range(0, 250).Select(i => $"u{i}")];

        CleverTapResponse response = await Client().DeleteProfilesAsync([.. users, "u1", ""]);

        Assert.That(response.Status, Is.EqualTo(ResponseStatus.Success));
        Assert.That(cleverTap.RequestCount, Is.EqualTo(3));
        Assert.That(cleverTap.Deleted, Is.EquivalentTo(users));
    }

    [Test]
    public async Task Profiles_are_deleted_by_CleverTap_id_a_hundred_a_call_each_once()
    {
        string[] ids = [.. Enumerable.Range(0, 150).Select(i => $"guid{i}")];

        CleverTapResponse response = await Client().DeleteProfilesByCleverTapIdAsync([.. ids, "guid1", ""]);

        Assert.That(response.Status, Is.EqualTo(ResponseStatus.Success));
        Assert.That(cleverTap.RequestCount, Is.EqualTo(2));
        Assert.That(cleverTap.Deleted, Is.EquivalentTo(ids));
    }

    [Test]
    public async Task Deletion_by_CleverTap_id_names_guids_and_no_identities()
    {
        string? body = null;
        using var server = new RecordingHandler(sent => body = sent);
        using var scripted = new HttpClient(server);

        await new CleverTapClient(scripted, OptionsTests.Good()).DeleteProfilesByCleverTapIdAsync(["a", "b"]);

        Assert.That(body, Is.EqualTo("""{"guid":["a","b"]}"""));
    }

    [Test]
    public async Task Nobody_to_delete_is_a_success_without_a_call()
    {
        Assert.That((await Client().DeleteProfilesAsync([])).Status, Is.EqualTo(ResponseStatus.Success));
        Assert.That(cleverTap.RequestCount, Is.Zero);
    }

    [Test]
    public async Task A_deletion_that_fails_in_its_body_is_a_failure_and_ends_the_rest()
    {
        using var server = new ScriptedServer(_ =>
            ScriptedServer.Response(200, body: """{"status":"fail","error":"Max 100 are allowed"}""")
        );
        using var scripted = new HttpClient(server);

        CleverTapResponse response = await new CleverTapClient(scripted, OptionsTests.Good()).DeleteProfilesAsync(
            Enumerable.Range(0, 150).Select(i => $"u{i}")
        );

        Assert.That((response.Status, response.Error, server.Requests), Is.EqualTo((ResponseStatus.Fail, "Max 100 are allowed", 1)));
    }

    [Test]
    public async Task Profiles_are_demerged()
    {
        Assert.That((await Client().DemergeProfilesAsync(["a", "b"])).Status, Is.EqualTo(ResponseStatus.Success));
        Assert.That(cleverTap.Demerged, Is.EquivalentTo(new[] { "a", "b" }));
    }

    [Test]
    public async Task Phone_numbers_are_taken_away()
    {
        Assert.That((await Client().DisassociateAsync(["+911234567890"])).Status, Is.EqualTo(ResponseStatus.Success));
        Assert.That(cleverTap.Disassociated, Is.EqualTo(new[] { "+911234567890" }));
    }

    [Test]
    public async Task Addresses_are_subscribed_and_unsubscribed()
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
    public async Task Credentials_can_be_checked(bool good, ResponseStatus status) =>
        Assert.That((await Client(good ? null : "wrong").CheckCredentialsAsync()).Status, Is.EqualTo(status));

    [Test]
    public void Wrong_options_are_rejected_with_every_error() =>
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
