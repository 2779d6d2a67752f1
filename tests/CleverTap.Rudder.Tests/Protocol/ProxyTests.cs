using System.Text.Json;
using CleverTap.Rudder.Tests.Delivery;
using Microsoft.Extensions.Time.Testing;

namespace CleverTap.Rudder.Tests.Protocol;

/// <summary>The responses to rudder-server for each response of CleverTap, or for none.</summary>
public sealed class ProxyTests
{
    private const string Event = """{"evtName":"Seen","evtData":{"a":1.50},"type":"event","identity":"u1"}""";

    [Test]
    public async Task A_success_is_a_success_of_every_job_in_version_1()
    {
        using ProxyRun run = Answering(200, """{"status":"success","processed":2,"unprocessed":[]}""");

        (int status, JsonElement output) = await run.DeliverAsync(1, ProxyRun.Body($"{Event},{Event}", ProxyRun.Jobs(2)));

        Assert.That(status, Is.EqualTo(200));
        string responseText = JsonSerializer.Serialize("""{"status":"success","processed":2,"unprocessed":[]}""");
        ProtocolClient.AssertEqual(
            output,
            $$"""
            {"response":[{"error":{{responseText}},"statusCode":200,"metadata":{{ProtocolClient.Metadata(
                1
            )}} },{"error":{{responseText}},"statusCode":200,"metadata":{{ProtocolClient.Metadata(2)}} }],
             "status":200,"message":"Request Processed Successfully"}
            """
        );
        Assert.That(output.GetProperty("response")[1].GetProperty("metadata").GetRawText(), Is.EqualTo(ProtocolClient.Metadata(2)));
    }

    [Test]
    public async Task A_success_of_version_0_holds_CleverTap_s_response()
    {
        using ProxyRun run = Answering(200, """{"status":"success","processed":1,"unprocessed":[]}""");

        (int status, JsonElement output) = await run.DeliverAsync(0, ProxyRun.Body(Event, ProtocolClient.Metadata(1)));

        Assert.That(
            (status, output.GetProperty("message").GetString(), output.GetProperty("status").GetInt32()),
            Is.EqualTo((200, "Request Processed Successfully", 200))
        );
        ProtocolClient.AssertEqual(
            output.GetProperty("destinationResponse").GetProperty("response"),
            """{"status":"success","processed":1,"unprocessed":[]}"""
        );
        Assert.That(output.TryGetProperty("statTags", out _), Is.False);
    }

    [Test]
    public async Task Request_is_sent_to_CleverTap_once_and_unchanged()
    {
        using ProxyRun run = Answering(503, "");

        await run.DeliverAsync(1, ProxyRun.Body(Event, ProxyRun.Jobs(1)));

        (Uri address, string headers, string body) = run.Sent.Single();
        Assert.That(address.AbsoluteUri, Is.EqualTo("https://in1.api.clevertap.com/1/upload"));
        Assert.That(
            headers,
            Does.Contain("X-CleverTap-Account-Id: acc")
                .And.Contain($"X-CleverTap-Passcode: {ProtocolClient.Passcode}")
                .And.Contain("Content-Type: application/json")
        );
        Assert.That(body, Is.EqualTo($$$"""{"d":[{{{Event}}}]}"""));
    }

    [TestCase(400, "aborted", 400)]
    [TestCase(401, "aborted", 401)]
    [TestCase(404, "aborted", 400)]
    [TestCase(408, "aborted", 408)]
    [TestCase(413, "aborted", 413)]
    [TestCase(302, "aborted", 302)]
    [TestCase(429, "throttled", 429)]
    [TestCase(500, "retryable", 500)]
    [TestCase(503, "retryable", 503)]
    [TestCase(599, "retryable", 599)]
    public async Task A_failure_has_CleverTap_s_status(int status, string errorType, int statusOfVersion0)
    {
        using ProxyRun run = Answering(status, """{"status":"fail","error":"no"}""");

        (int one, JsonElement jobByJob) = await run.DeliverAsync(1, ProxyRun.Body($"{Event},{Event}", ProxyRun.Jobs(2)));
        (int zero, JsonElement asOne) = await run.DeliverAsync(0, ProxyRun.Body(Event, ProtocolClient.Metadata(1)));

        Assert.That((one, zero), Is.EqualTo((200, statusOfVersion0)));
        foreach (JsonElement output in new[] { jobByJob, asOne })
        {
            Assert.That(
                (output.GetProperty("status").GetInt32(), output.GetProperty("message").GetString()),
                Is.EqualTo((status, $"Request failed  with status: {status}"))
            );
            Assert.That(output.GetProperty("statTags").GetProperty("errorType").GetString(), Is.EqualTo(errorType));
        }

        Assert.That(Statuses(jobByJob), Is.EqualTo(new[] { status, status }));
        Assert.That(jobByJob.GetProperty("response")[0].GetProperty("error").GetString(), Is.EqualTo("""{"status":"fail","error":"no"}"""));
    }

    [Test]
    public async Task A_failure_is_tagged()
    {
        using ProxyRun run = Answering(429, "");

        (_, JsonElement output) = await run.DeliverAsync(1, ProxyRun.Body(Event, ProxyRun.Jobs(1)));

        ProtocolClient.AssertEqual(
            output.GetProperty("statTags"),
            """
            {"errorCategory":"network","errorType":"throttled","destType":"CLEVERTAP","module":"destination","implementation":"native","feature":"dataDelivery","destinationId":"dest-1","workspaceId":"ws"}
            """
        );
        Assert.That(output.GetProperty("response")[0].GetProperty("error").GetString(), Is.EqualTo("\"\""));
    }

    [TestCase(0, """{"jobId":1}""")]
    [TestCase(1, """[{"jobId":1}]""")]
    public async Task Tags_name_unknown_ids_as_the_protocol_does(int version, string metadata)
    {
        using ProxyRun run = Answering(500, "");

        (_, JsonElement output) = await run.DeliverAsync(version, ProxyRun.Body(Event, metadata));

        JsonElement tags = output.GetProperty("statTags");
        Assert.That(
            (tags.GetProperty("destinationId").GetString(), tags.GetProperty("workspaceId").GetString()),
            Is.EqualTo(("Non-determininable", "Non-determininable"))
        );
    }

    [TestCase("""{"status":"fail","error":"no","code":1}""")]
    [TestCase("""{"status":"Success"}""")]
    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("""{"status":"succ""")]
    [TestCase("<html>fine</html>")]
    public async Task Response_2xx_that_is_not_a_success_is_aborted(string body)
    {
        using ProxyRun run = Answering(200, body);

        (_, JsonElement jobByJob) = await run.DeliverAsync(1, ProxyRun.Body($"{Event},{Event}", ProxyRun.Jobs(2)));
        (int status, JsonElement asOne) = await run.DeliverAsync(0, ProxyRun.Body(Event, ProtocolClient.Metadata(1)));

        Assert.That(Statuses(jobByJob), Is.EqualTo(new[] { 400, 400 }));
        Assert.That(
            (jobByJob.GetProperty("status").GetInt32(), jobByJob.GetProperty("message").GetString()),
            Is.EqualTo((400, "Request failed  with status: 200"))
        );
        Assert.That((status, asOne.GetProperty("status").GetInt32()), Is.EqualTo((400, 400)));
        Assert.That(asOne.GetProperty("destinationResponse").GetProperty("status").GetInt32(), Is.EqualTo(200));
    }

    [Test]
    public async Task A_2xx_without_a_body_is_a_success()
    {
        using ProxyRun run = Answering(202, "");

        (_, JsonElement output) = await run.DeliverAsync(1, ProxyRun.Body(Event, ProxyRun.Jobs(1)));

        Assert.That(Statuses(output), Is.EqualTo(new[] { 202 }));
        Assert.That(output.GetProperty("message").GetString(), Is.EqualTo("Request Processed Successfully"));
    }

    [TestCase(HttpRequestError.NameResolutionError)]
    [TestCase(HttpRequestError.ConnectionError)]
    [TestCase(HttpRequestError.SecureConnectionError)]
    [TestCase(HttpRequestError.ResponseEnded)]
    public async Task Network_failure_is_retryable(HttpRequestError error)
    {
        using var run = new ProxyRun(new ScriptedServer(_ => throw new HttpRequestException(error, $"secret {ProtocolClient.Passcode}")));

        (int one, JsonElement jobByJob) = await run.DeliverAsync(1, ProxyRun.Body(Event, ProxyRun.Jobs(1)));
        (int zero, JsonElement asOne) = await run.DeliverAsync(0, ProxyRun.Body(Event, ProtocolClient.Metadata(1)));

        Assert.That((one, zero), Is.EqualTo((200, 500)));
        Assert.That(Statuses(jobByJob), Is.EqualTo(new[] { 500 }));
        Assert.That(asOne.GetProperty("statTags").GetProperty("errorType").GetString(), Is.EqualTo("retryable"));
        Assert.That(run.Text, Does.Not.Contain(ProtocolClient.Passcode));
    }

    [Test]
    public async Task Timeout_is_retryable()
    {
        var time = new FakeTimeProvider();
        var server = new ScriptedServer(async cancellationToken =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            throw new InvalidOperationException("It came");
        });
        using var run = new ProxyRun(server, time: time);

        Task<(int Status, JsonElement Output)> delivery = run.DeliverAsync(1, ProxyRun.Body(Event, ProxyRun.Jobs(1)));
        await server.Asked(1);
        time.Advance(TimeSpan.FromSeconds(60));

        Assert.That(Statuses((await delivery).Output), Is.EqualTo(new[] { 500 }));
    }

    [Test]
    public async Task Response_beyond_the_size_limit_is_not_read()
    {
        using var run = new ProxyRun(
            new ScriptedServer(_ => ScriptedServer.Response(200, body: new string('x', 101))),
            new RudderTransformerOptions { MaxResponseBytes = 100 }
        );

        (_, JsonElement output) = await run.DeliverAsync(1, ProxyRun.Body(Event, ProxyRun.Jobs(1)));

        Assert.That(Statuses(output), Is.EqualTo(new[] { 400 }));
        Assert.That(run.Text, Does.Not.Contain("xxx"));
    }

    [Test]
    public void A_cancelled_call_ends()
    {
        using ProxyRun run = Answering(200, "");

        Assert.That(
            () => run.DeliverAsync(1, ProxyRun.Body(Event, ProxyRun.Jobs(1)), new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>()
        );
    }

    [TestCase("")]
    [TestCase("[]")]
    [TestCase("{")]
    [TestCase("{}{}")]
    public async Task A_body_that_is_no_object_is_rejected(string body)
    {
        using ProxyRun run = Answering(200, "");

        Assert.That((await run.DeliverAsync(1, body)).Status, Is.EqualTo(400));
        Assert.That(run.Sent, Is.Empty);
    }

    [TestCase(-1)]
    [TestCase(2)]
    public void There_are_versions_0_and_1_only(int version)
    {
        using ProxyRun run = Answering(200, "");

        Assert.That(() => run.DeliverAsync(version, "{}"), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static int[] Statuses(JsonElement output) =>
        [.. output.GetProperty("response").EnumerateArray().Select(ProtocolClient.StatusCode)];

    private static ProxyRun Answering(int status, string body) => new(new ScriptedServer(_ => ScriptedServer.Response(status, body: body)));
}
