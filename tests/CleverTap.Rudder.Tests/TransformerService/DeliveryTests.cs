using System.Text.Json;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Tests.TransformerService;

/// <summary>The delivery of the router's batches through the proxy, as rudder-server does it.</summary>
public sealed class DeliveryTests
{
    private const string Path = "1/upload";

    private static string Destination => To(Service.CleverTap.AccountId, Service.CleverTap.Passcode);

    [SetUp]
    public void Clear()
    {
        Service.CleverTap.Clear();
        Service.CleverTap.Faults = new CleverTapFaults();
    }

    [Test]
    public async Task Batch_of_the_router_is_stored()
    {
        RouterItem batch = await BatchAsync(Job.Pair(1, Destination), Job.Track(2, Destination, "u1"));

        ProxyReport report = await Service.Rudder.DeliverAsync(batch);

        Assert.That(
            (report.Status, report.Message, report.StatTags),
            Is.EqualTo((200, "Request Processed Successfully", (JsonElement?)null))
        );
        Assert.That(report.Jobs.Values.Select(job => job.Status), Is.All.EqualTo(200));
        Assert.That(Service.CleverTap.Profiles["u1"].DeviceTokens, Has.Count.EqualTo(1));
        Assert.That(Service.CleverTap.EventsOf("u1").Single().Name, Is.EqualTo("Signed Up"));
    }

    [Test]
    public async Task Only_the_jobs_of_rejected_records_fail()
    {
        Job rejected = new(2, """{"type":"track","userId":"user","event":"App Launched"}""", Destination);
        Job alsoRejected = new(
            4,
            """{"type":"identify","userId":"user","anonymousId":"anon","traits":{"email":"no address"},"context":{"os":{"name":"Android"},"device":{"token":"t"}}}""",
            Destination
        );
        RouterItem batch = await BatchAsync(
            Job.Track(1, Destination),
            rejected,
            Job.Pair(3, Destination),
            alsoRejected,
            Job.Track(5, Destination)
        );

        ProxyReport report = await Service.Rudder.DeliverAsync(batch);

        Assert.That(
            report.Jobs.ToDictionary(job => job.Key, job => job.Value.Status),
            Is.EqualTo(
                new Dictionary<long, int>
                {
                    [1] = 200,
                    [2] = 400,
                    [3] = 200,
                    [4] = 400,
                    [5] = 200,
                }
            )
        );
        Assert.That(
            (report.Jobs[2].Error, report.Jobs[4].Error),
            Is.EqualTo((Code(513), Code(515))).Using<string>((error, code) => error.Contains(code, StringComparison.Ordinal))
        );
        Assert.That(Service.CleverTap.EventCount, Is.EqualTo(2));

        static string Code(int code) => $"\"code\":{code}";
    }

    [Test]
    public async Task All_jobs_are_aborted_when_CleverTap_rejects_all_records()
    {
        RouterItem batch = await BatchAsync(new Job(1, """{"type":"track","userId":"user","event":"App Launched"}""", Destination));

        ProxyReport report = await Service.Rudder.DeliverAsync(batch);

        Assert.That((report.Status, report.Jobs[1].Status, report.Message), Is.EqualTo((400, 400, "Request failed  with status: 200")));
        Assert.That(Tag(report.StatTags!.Value, "errorType"), Is.EqualTo("aborted"));
    }

    [Test]
    public async Task Record_with_a_transient_error_is_retryable()
    {
        Service.CleverTap.Faults = new CleverTapFaults { TransientRecord = 1 };
        RouterItem batch = await BatchAsync(Job.Track(1, Destination), Job.Track(2, Destination));

        ProxyReport report = await Service.Rudder.DeliverAsync(batch);

        Assert.That(report.Jobs.Values.Select(job => job.Status), Is.All.EqualTo(500));
    }

    private static IEnumerable<TestCaseData> Failures()
    {
        yield return new TestCaseData(new CleverTapFaults { TooManyRequests = 1 }, 429, "throttled").SetArgDisplayNames("429");
        yield return new TestCaseData(new CleverTapFaults { ServerError = 1 }, 500, "retryable").SetArgDisplayNames("500");
        yield return new TestCaseData(new CleverTapFaults { Unavailable = 1 }, 503, "retryable").SetArgDisplayNames("503");
        yield return new TestCaseData(new CleverTapFaults { DroppedBefore = 1 }, 500, "retryable").SetArgDisplayNames("dropped");
        yield return new TestCaseData(new CleverTapFaults { LostResponse = 1 }, 500, "retryable").SetArgDisplayNames("lost");
        yield return new TestCaseData(new CleverTapFaults { MalformedResponse = 1 }, 400, "aborted").SetArgDisplayNames("malformed");
    }

    [TestCaseSource(nameof(Failures))]
    public async Task Every_job_has_CleverTaps_status_when_CleverTap_fails(CleverTapFaults faults, int status, string errorType)
    {
        Service.CleverTap.Faults = faults;
        RouterItem batch = await BatchAsync(Job.Track(1, Destination), Job.Track(2, Destination));

        ProxyReport report = await Service.Rudder.DeliverAsync(batch);

        Assert.That(
            (report.Status, Tag(report.StatTags!.Value, "errorType"), Tag(report.StatTags!.Value, "feature")),
            Is.EqualTo((status, errorType, "dataDelivery"))
        );
        Assert.That(report.Jobs.Values.Select(job => job.Status), Is.All.EqualTo(status));
        Assert.That(Service.CleverTap.RequestCount, Is.EqualTo(1));
    }

    [Test]
    public async Task A_wrong_passcode_is_401()
    {
        RouterItem batch = await BatchAsync(Job.Track(1, To(Service.CleverTap.AccountId, "wrong")));

        ProxyReport report = await Service.Rudder.DeliverAsync(batch);
        using HttpResponseMessage v0 = await DeliverV0Async(batch);

        Assert.That(
            (report.Status, report.Jobs[1].Status, report.Message, (int)v0.StatusCode),
            Is.EqualTo((401, 401, "Request failed  with status: 401", 401))
        );
    }

    [TestCase("https://evil.example/1/upload")]
    [TestCase("https://api.clevertap.com.evil.example/1/upload")]
    [TestCase("https://evil.example/?.api.clevertap.com/1/upload")]
    [TestCase("https://in1.api.clevertap.com@evil.example/1/upload")]
    [TestCase("http://api.clevertap.com/1/upload")]
    [TestCase("file:///etc/passwd")]
    [TestCase("not an address")]
    [TestCase("")]
    public async Task Another_host_is_rejected_and_nothing_is_sent(string endpoint)
    {
        RouterItem batch = Elsewhere(await BatchAsync(Job.Track(1, Destination)), endpoint);

        ProxyReport report = await Service.Rudder.DeliverAsync(batch);

        Assert.That((report.Status, report.Jobs[1].Status), Is.EqualTo((400, 400)));
        Assert.That(Service.CleverTap.RequestCount, Is.Zero);
    }

    [Test]
    public async Task Another_port_of_this_machine_is_another_host()
    {
        await using CleverTapEmulator other = await CleverTapEmulator.StartAsync();
        RouterItem batch = Elsewhere(await BatchAsync(Job.Track(1, Destination)), new Uri(other.Endpoint, Path).ToString());

        ProxyReport report = await Service.Rudder.DeliverAsync(batch);

        Assert.That((report.Status, other.RequestCount, Service.CleverTap.RequestCount), Is.EqualTo((400, 0, 0)));
    }

    [TestCase(Path, 200, 200)]
    [TestCase("1/nowhere", 400, 404)]
    public async Task Version_0_has_one_status_for_all(string path, int http, int status)
    {
        RouterItem batch = Elsewhere(await BatchAsync(Job.Track(1, Destination)), new Uri(Service.CleverTap.Endpoint, path).ToString());

        using HttpResponseMessage response = await DeliverV0Async(batch);
        JsonElement output = (await RudderServer.ReadAsync(response)).GetProperty("output");

        Assert.That((int)response.StatusCode, Is.EqualTo(http));
        Assert.That(output.GetProperty("status").GetInt32(), Is.EqualTo(status));
        Assert.That(output.GetProperty("destinationResponse").GetProperty("status").GetInt32(), Is.EqualTo(status));
    }

    [Test]
    public async Task Version_0_aborts_all_jobs_when_some_records_are_rejected()
    {
        RouterItem batch = await BatchAsync(
            Job.Track(1, Destination),
            new Job(2, """{"type":"track","userId":"user","event":"App Launched"}""", Destination)
        );

        using HttpResponseMessage response = await DeliverV0Async(batch);

        Assert.That((int)response.StatusCode, Is.EqualTo(400));
    }

    private static string To(string accountId, string passcode) =>
        Job.To(
            $$"""{"accountId":"{{accountId}}","passcode":"{{passcode}}","region":"in1","trackAnonymous":true,"enableObjectIdMapping":true}"""
        );

    private static async Task<RouterItem> BatchAsync(params Job[] jobs) => (await Service.Rudder.RouteAsync(jobs)).Single();

    private static RouterItem Elsewhere(RouterItem batch, string endpoint)
    {
        string request = batch
            .BatchedRequest!.Value.GetRawText()
            .Replace("https://in1.api.clevertap.com/1/upload", endpoint, StringComparison.Ordinal);
        return batch with { BatchedRequest = JsonSerializer.Deserialize<JsonElement>(request) };
    }

    private static Task<HttpResponseMessage> DeliverV0Async(RouterItem batch) =>
        Service.Rudder.PostAsync("/v0/destinations/clevertap/proxy", batch.ToProxyRequest(metadata: batch.Metadata[0]));

    private static string? Tag(JsonElement tags, string name) => tags.GetProperty(name).GetString();
}
