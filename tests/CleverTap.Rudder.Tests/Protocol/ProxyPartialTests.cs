using System.Text.Json;
using CleverTap.Rudder.Testing;
using CleverTap.Rudder.Tests.Delivery;

namespace CleverTap.Rudder.Tests.Protocol;

/// <summary>Responses of CleverTap that reject some of the records.</summary>
public sealed class ProxyPartialTests
{
    private const string Good = """{"evtName":"Seen","evtData":{},"type":"event","identity":"u1"}""";
    private const string Bad = """{"evtName":"Web Page Viewed","evtData":{},"type":"event","identity":"u1"}""";
    private const string Profile = """{"type":"profile","profileData":{"a":1},"objectId":"device-1"}""";
    private const string Token = """{"type":"token","tokenData":{"id":"push","type":"fcm"},"objectId":"device-1"}""";
    private const string BadToken = """{"type":"token","tokenData":{"id":"push","type":"carrier pigeon"},"objectId":"device-1"}""";

    [Test]
    public async Task Only_the_jobs_of_rejected_records_fail_in_version_1()
    {
        JsonElement output = await EmulatedAsync([Good, Bad, Good], 3);

        Assert.That(Statuses(output), Is.EqualTo(new[] { 200, 400, 200 }));
        Assert.That(
            output.GetProperty("response").EnumerateArray().Select(job => job.GetProperty("metadata").GetProperty("jobId").GetInt32()),
            Is.EqualTo(new[] { 1, 2, 3 })
        );
        Assert.That(output.GetProperty("response")[1].GetProperty("error").GetString(), Does.Contain("513"));
    }

    [Test]
    public async Task A_job_of_two_records_fails_where_one_of_them_is_rejected()
    {
        Assert.That(Statuses(await EmulatedAsync([Good, Profile, BadToken, Good], 3)), Is.EqualTo(new[] { 200, 400, 200 }));
    }

    [Test]
    public async Task Job_after_a_pair_of_records_keeps_its_index()
    {
        Assert.That(Statuses(await EmulatedAsync([Profile, Token, Bad, Good], 3)), Is.EqualTo(new[] { 200, 400, 200 }));
    }

    [Test]
    public async Task All_jobs_are_aborted_when_all_records_are_rejected()
    {
        JsonElement output = await EmulatedAsync([Bad, Bad], 2);

        Assert.That(Statuses(output), Is.EqualTo(new[] { 400, 400 }));
        Assert.That(output.GetProperty("statTags").GetProperty("errorType").GetString(), Is.EqualTo("aborted"));
    }

    [Test]
    public async Task Jobs_fail_together_when_records_cannot_be_assigned_to_jobs()
    {
        Assert.That(Statuses(await EmulatedAsync([Good, Bad, Good], 2)), Is.EqualTo(new[] { 400, 400 }));
    }

    [Test]
    public async Task Record_with_a_transient_error_may_be_retried()
    {
        using ProxyRun run = Rejecting("partial", 1, (2, 555));

        (_, JsonElement output) = await run.DeliverAsync(1, ProxyRun.Body($"{Good},{Good}", ProxyRun.Jobs(2)));

        Assert.That(Statuses(output), Is.EqualTo(new[] { 200, 500 }));
    }

    [Test]
    public async Task Pair_with_a_permanent_error_is_not_retried()
    {
        using ProxyRun run = Rejecting("partial", 1, (1, 555), (2, 512));

        (_, JsonElement output) = await run.DeliverAsync(1, ProxyRun.Body($"{Profile},{Token},{Good}", ProxyRun.Jobs(2)));

        Assert.That(Statuses(output), Is.EqualTo(new[] { 400, 200 }));
    }

    [Test]
    public async Task All_jobs_may_be_retried_when_all_records_have_transient_errors()
    {
        using ProxyRun run = Rejecting("fail", 0, (1, 555), (2, 555));

        (_, JsonElement output) = await run.DeliverAsync(1, ProxyRun.Body($"{Good},{Good}", ProxyRun.Jobs(2)));

        Assert.That(Statuses(output), Is.EqualTo(new[] { 500, 500 }));
        Assert.That(output.GetProperty("statTags").GetProperty("errorType").GetString(), Is.EqualTo("retryable"));
    }

    [TestCase(513, Good, 400)]
    [TestCase(555, Good, 500)]
    [TestCase(513, $"{Good},{Good}", 400)]
    [TestCase(555, $"{Good},{Good}", 400)]
    [TestCase(555, $"{Profile},{Token}", 500)]
    public async Task Version_0_never_calls_a_rejection_a_success(int code, string records, int expected)
    {
        int count = records == Good ? 1 : 2;
        using ProxyRun run = Rejecting(count == 1 ? "fail" : "partial", count - 1, (1, code));

        (int status, JsonElement output) = await run.DeliverAsync(0, ProxyRun.Body(records, ProtocolClient.Metadata(1)));

        Assert.That((status, output.GetProperty("status").GetInt32()), Is.EqualTo((expected, expected)));
    }

    [Test]
    public async Task Version_0_has_one_status_even_where_it_is_given_several_jobs()
    {
        using ProxyRun run = Rejecting("partial", 1, (2, 513));

        Assert.That((await run.DeliverAsync(0, ProxyRun.Body($"{Good},{Good}", ProxyRun.Jobs(2)))).Status, Is.EqualTo(400));
    }

    [TestCase(1, """{"error":"Skipped record number : 3","code":513}""", TestName = "A_record_that_was_never_sent")]
    [TestCase(1, """{"error":"?","code":513}""", TestName = "A_nameless_record")]
    [TestCase(1, "", TestName = "No_record_at_all")]
    [TestCase(2, """{"error":"Skipped record number : 1","code":513}""", TestName = "Numbers_that_do_not_add_up")]
    public async Task Response_with_inconsistent_counts_fails_all_jobs(int processed, string entry)
    {
        using var run = new ProxyRun(
            new ScriptedServer(_ =>
                ScriptedServer.Response(200, body: $$"""{"status":"partial","processed":{{processed}},"unprocessed":[{{entry}}]}""")
            )
        );

        (_, JsonElement output) = await run.DeliverAsync(1, ProxyRun.Body($"{Good},{Good}", ProxyRun.Jobs(2)));

        Assert.That(Statuses(output), Is.EqualTo(new[] { 400, 400 }));
    }

    [TestCase(0)]
    [TestCase(1)]
    public async Task Partial_response_without_rejected_records_is_not_a_success(int version)
    {
        using var run = new ProxyRun(new ScriptedServer(_ => ScriptedServer.Response(200, body: """{"status":"partial"}""")));

        (_, JsonElement output) = await run.DeliverAsync(
            version,
            ProxyRun.Body(Good, version == 0 ? ProtocolClient.Metadata(1) : ProxyRun.Jobs(1))
        );

        Assert.That(output.GetProperty("status").GetInt32(), Is.EqualTo(400));
    }

    [Test]
    public async Task Batch_of_the_router_gets_a_status_for_each_job()
    {
        string bad = """{"type":"track","userId":"u2","event":"App Launched"}""";
        JsonElement item = ProtocolClient
            .Route(
                ProtocolClient.Job(1, ProtocolClient.Pair, ProtocolClient.TokenDestination),
                ProtocolClient.Job(2, bad, ProtocolClient.TokenDestination),
                ProtocolClient.Job(3, destination: ProtocolClient.TokenDestination)
            )
            .Single();
        string records = ProtocolClient.Records(item.GetProperty("batchedRequest")).GetRawText()[1..^1];

        await using var cleverTap = Emulator();
        using var run = new ProxyRun(cleverTap.CreateHandler());
        (_, JsonElement output) = await run.DeliverAsync(1, ProxyRun.Body(records, item.GetProperty("metadata").GetRawText()));

        Assert.That(Statuses(output), Is.EqualTo(new[] { 200, 400, 200 }));
        Assert.That((cleverTap.EventCount, cleverTap.RejectedCount, cleverTap.TokenRecordCount), Is.EqualTo((1, 1, 1)));
    }

    private static async Task<JsonElement> EmulatedAsync(string[] records, int jobs)
    {
        await using CleverTapEmulator cleverTap = Emulator();
        using var run = new ProxyRun(cleverTap.CreateHandler());
        (int status, JsonElement output) = await run.DeliverAsync(1, ProxyRun.Body(string.Join(',', records), ProxyRun.Jobs(jobs)));
        Assert.That(status, Is.EqualTo(200));
        return output;
    }

    private static CleverTapEmulator Emulator() =>
        CleverTapEmulator.Create(new CleverTapEmulatorOptions { AccountId = "acc", Passcode = ProtocolClient.Passcode });

    private static ProxyRun Rejecting(string status, int processed, params (int Number, int Code)[] rejected)
    {
        IEnumerable<string> entries = rejected.Select(entry =>
            $$"""{"status":"fail","code":{{entry.Code}},"error":"Skipped record number : {{entry.Number}}"}"""
        );
        return new ProxyRun(
            new ScriptedServer(_ =>
                ScriptedServer.Response(
                    200,
                    body: $$"""{"status":"{{status}}","processed":{{processed}},"unprocessed":[{{string.Join(',', entries)}}]}"""
                )
            )
        );
    }

    private static int[] Statuses(JsonElement output) =>
        [.. output.GetProperty("response").EnumerateArray().Select(ProtocolClient.StatusCode)];
}
