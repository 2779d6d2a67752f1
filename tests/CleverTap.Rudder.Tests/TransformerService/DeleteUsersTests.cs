using System.Text.Json;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Tests.TransformerService;

/// <summary>The deletion of users, as the regulation worker requests it.</summary>
public sealed class DeleteUsersTests
{
    private static string Config =>
        $$"""{"accountId":"{{Service.CleverTap.AccountId}}","passcode":"{{Service.CleverTap.Passcode}}","region":"none"}""";

    [SetUp]
    public void Clear()
    {
        Service.CleverTap.Clear();
        Service.CleverTap.Faults = new CleverTapFaults();
    }

    [Test]
    public async Task Users_are_deleted_by_their_user_ids_only()
    {
        Assert.That(
            await DeleteAsync(
                Config,
                """[{"userId":"u1","phone":"+1","email":"a@b.c"},{"email":"only@b.c"},{"userId":"u2"},{"userId":""}]"""
            ),
            Is.EqualTo((200, """[{"statusCode":200,"status":"successful"}]"""))
        );
        Assert.That(Service.CleverTap.Deleted, Is.EqualTo(new[] { "u1", "u2" }));
    }

    [Test]
    public async Task A_hundred_go_in_one_call()
    {
        string[] ids = [.. Enumerable.Range(1, 250).Select(id => $"u{id}")];

        (int status, _) = await DeleteAsync(Config, $"[{string.Join(',', ids.Select(id => $"{{\"userId\":\"{id}\"}}"))}]");

        Assert.That(status, Is.EqualTo(200));
        Assert.That(Service.CleverTap.Deleted, Is.EqualTo(ids));
        Assert.That(Service.CleverTap.RequestCount, Is.EqualTo(3));
    }

    [TestCase("""[]""")]
    [TestCase("""[{"email":"only@b.c"}]""")]
    public async Task Without_an_id_there_is_nothing_to_do(string users)
    {
        Assert.That(await DeleteAsync(Config, users), Is.EqualTo((200, """[{"statusCode":200,"status":"successful"}]""")));
        Assert.That(Service.CleverTap.RequestCount, Is.Zero);
    }

    [TestCase("""{"accountId":"a","passcode":"p"}""", """{"userId":"u1"}""", "userAttributes is not an array")]
    [TestCase("""{"passcode":"p"}""", """[{"userId":"u1"}]""", "Project ID and Passcode is required for delete user")]
    [TestCase("""{"accountId":"a","passcode":""}""", """[{"userId":"u1"}]""", "Project ID and Passcode is required for delete user")]
    public async Task Invalid_deletion_is_400_with_the_protocols_text(string config, string users, string error)
    {
        Assert.That(await DeleteAsync(config, users), Is.EqualTo((400, $$"""[{"statusCode":400,"error":"{{error}}"}]""")));
        Assert.That(Service.CleverTap.RequestCount, Is.Zero);
    }

    [Test]
    public async Task A_wrong_passcode_is_401()
    {
        (int status, string body) = await DeleteAsync(
            $$"""{"accountId":"{{Service.CleverTap.AccountId}}","passcode":"wrong"}""",
            """[{"userId":"u1"}]"""
        );

        Assert.That((status, body), Is.EqualTo((401, """[{"statusCode":401,"error":"User deletion request failed"}]""")));
        Assert.That(Service.CleverTap.Deleted, Is.Empty);
    }

    [Test]
    public async Task Deletion_ends_at_the_first_failed_call()
    {
        Service.CleverTap.Faults = new CleverTapFaults { ServerError = 1 };

        (int status, _) = await DeleteAsync(
            Config,
            $"[{string.Join(',', Enumerable.Range(1, 250).Select(id => $"{{\"userId\":\"u{id}\"}}"))}]"
        );

        Assert.That((status, Service.CleverTap.RequestCount), Is.EqualTo((500, 1)));
    }

    [Test]
    public async Task The_status_is_that_of_the_first_job()
    {
        string good = $$"""{"destType":"clevertap","config":{{Config}},"userAttributes":[{"userId":"u1"}]}""";

        using HttpResponseMessage response = await Service.Rudder.PostAsync(
            "/deleteUsers",
            $$"""[{{good}},{"destType":"clevertap","config":{},"userAttributes":[]}]"""
        );

        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        Assert.That(
            (await RudderServer.ReadAsync(response)).EnumerateArray().Select(item => item.GetProperty("statusCode").GetInt32()),
            Is.EqualTo(new[] { 200, 400 })
        );
    }

    /// <summary>One job, as the regulation worker sends it; its response must be an array of texts and a status.</summary>
    private static async Task<(int Status, string Body)> DeleteAsync(string config, string users)
    {
        using HttpResponseMessage response = await Service.Rudder.PostAsync(
            "/deleteUsers",
            $$"""[{"jobId":"123","destType":"clevertap","config":{{config}},"userAttributes":{{users}} }]"""
        );
        string body = await response.Content.ReadAsStringAsync();
        JsonElement item = JsonSerializer.Deserialize<JsonElement>(body).EnumerateArray().Single();
        Strict.Kind(item.GetProperty(response.IsSuccessStatusCode ? "status" : "error"), JsonValueKind.String, "status or error");
        ContractException.ThrowUnless(
            item.GetProperty("statusCode").GetInt32() == (int)response.StatusCode,
            "the HTTP status is that of the first item"
        );
        return ((int)response.StatusCode, body);
    }
}
