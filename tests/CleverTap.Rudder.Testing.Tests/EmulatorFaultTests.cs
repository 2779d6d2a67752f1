using System.Net;
using System.Text.Json;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Tests.Testing;

[TestFixture(true)]
[TestFixture(false)]
public sealed class EmulatorFaultTests(bool overSockets)
{
    private const string Upload = """{"d":[{"type":"event","identity":"u","evtName":"Signed Up","evtData":{}}]}""";

    private EmulatorSession session = null!;

    [SetUp]
    public async Task Start() => session = await EmulatorSession.StartAsync(overSockets);

    [TearDown]
    public async Task Stop() => await session.DisposeAsync();

    [TestCase(CleverTapFault.TooManyRequests, 429, "Too many concurrent requests")]
    [TestCase(CleverTapFault.ServerError, 500, "Internal server error")]
    [TestCase(CleverTapFault.Unavailable, 503, "Service unavailable")]
    public async Task Error_fault_responds_with_its_status_and_stores_nothing(CleverTapFault fault, int status, string error)
    {
        session.Emulator.Script(new FaultPlan(fault));
        using HttpResponseMessage response = await session.SendAsync("1/upload", Upload);
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(
            await response.Content.ReadAsStringAsync(),
            Is.EqualTo($$"""{"status":"fail","error":"{{error}}","code":{{status}}}""")
        );
        Assert.That(session.Emulator.EventCount, Is.Zero);
        Assert.That(RequestSummaries(), Is.EqualTo(new[] { (1L, fault, status, 0) }));
    }

    [Test]
    public void A_connection_dropped_before_storing_stores_nothing()
    {
        session.Emulator.Script(new FaultPlan(CleverTapFault.DroppedBefore));
        Assert.That(() => session.SendAsync("1/upload", Upload), Throws.InstanceOf<HttpRequestException>());
        Assert.That(session.Emulator.EventCount, Is.Zero);
        Assert.That(RequestSummaries(), Is.EqualTo(new[] { (1L, CleverTapFault.DroppedBefore, 0, 0) }));
    }

    [Test]
    public async Task Lost_response_leaves_everything_stored_and_a_second_attempt_stores_it_twice()
    {
        session.Emulator.Script(new FaultPlan(CleverTapFault.LostResponse));
        Assert.That(() => session.SendAsync("1/upload", Upload), Throws.InstanceOf<HttpRequestException>());
        using HttpResponseMessage second = await session.SendAsync("1/upload", Upload);
        Assert.That(session.Emulator.Events.Select(stored => (stored.Number, stored.RequestNumber)), Is.EqualTo(new[] { (1, 1), (2, 2) }));
        Assert.That(RequestSummaries(), Is.EqualTo(new[] { (1L, CleverTapFault.LostResponse, 200, 1), (2L, CleverTapFault.None, 200, 1) }));
    }

    [Test]
    public async Task A_malformed_response_is_half_of_the_response_with_everything_stored()
    {
        session.Emulator.Script(new FaultPlan(CleverTapFault.MalformedResponse));
        using HttpResponseMessage response = await session.SendAsync("1/upload", Upload);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("""{"status":"success","proc"""));
        Assert.That(session.Emulator.EventCount, Is.EqualTo(1));
    }

    [TestCase(0, "0")]
    [TestCase(0.2, "1")]
    [TestCase(2, "2")]
    [TestCase(90.001, "91")]
    public async Task Retry_After_is_in_whole_seconds(double seconds, string header)
    {
        session.Emulator.Faults = new CleverTapFaults { Unavailable = 1, RetryAfter = TimeSpan.FromSeconds(seconds) };
        using HttpResponseMessage response = await session.SendAsync("1/upload", Upload);
        Assert.That(response.Headers.GetValues("Retry-After"), Is.EqualTo(new[] { header }));
    }

    [Test]
    public async Task Valid_records_fail_with_the_transient_record_fault()
    {
        session.Emulator.Script(FaultPlan.None with { FailsRecord = number => number == 2 });
        string record = """{"type":"event","identity":"u","evtName":"A","evtData":{}}""";
        JsonElement response = await session.UploadAsync(record, record, """{"type":"event","identity":"u","evtData":{}}""");
        JsonElement unprocessed = response.GetProperty("unprocessed");
        Assert.That(response.GetProperty("processed").GetInt32(), Is.EqualTo(1));
        Assert.That(unprocessed.EnumerateArray().Select(entry => entry.GetProperty("code").GetInt32()), Is.EqualTo(new[] { 555, 509 }));
        Assert.That(unprocessed[0].GetProperty("error").GetString(), Is.EqualTo("Miscellaneous server error. Skipped record number : 2"));
        Assert.That(session.Emulator.Rejected[0].Code, Is.EqualTo(555));
    }

    [Test]
    public async Task Scripted_plans_are_used_before_the_series()
    {
        session.Emulator.Faults = new CleverTapFaults { ServerError = 1 };
        session.Emulator.Script(FaultPlan.None, FaultPlan.None with { Status = 408 });
        for (int i = 0; i < 3; i++)
        {
            (await session.SendAsync("1/upload", Upload)).Dispose();
        }

        Assert.That(session.Emulator.Requests.Select(request => request.StatusCode), Is.EqualTo(new[] { 200, 408, 500 }));
        Assert.That(session.Emulator.EventCount, Is.EqualTo(1));
    }

    [Test]
    public async Task A_connection_works_again_after_a_fault()
    {
        session.Emulator.Faults = new CleverTapFaults
        {
            Seed = 3,
            TooManyRequests = 0.2,
            ServerError = 0.2,
            Unavailable = 0.1,
            DroppedBefore = 0.2,
            LostResponse = 0.2,
        };
        int successful = 0;
        for (int i = 0; i < 100; i++)
        {
            try
            {
                using HttpResponseMessage response = await session.SendAsync("1/upload", Upload);
                if (response.StatusCode == HttpStatusCode.OK)
                {
                    successful++;
                }
            }
            catch (HttpRequestException)
            {
                // The faults of the shares.
            }
        }

        int lost = session.Emulator.Requests.Count(request => request.Fault == CleverTapFault.LostResponse);
        Assert.That(session.Emulator.Requests, Has.Count.EqualTo(100));
        Assert.That(lost, Is.Positive);
        Assert.That(session.Emulator.EventCount, Is.EqualTo(successful + lost));
    }

    private IEnumerable<(long Number, CleverTapFault Fault, int Status, int Records)> RequestSummaries() =>
        session.Emulator.Requests.Select(request => (request.Number, request.Fault, request.StatusCode, request.RecordCount));
}
