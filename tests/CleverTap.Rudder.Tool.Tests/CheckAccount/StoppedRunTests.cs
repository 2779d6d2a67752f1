using System.Net;
using System.Net.Sockets;
using CleverTap.Rudder.Testing;
using CleverTap.Rudder.Tool.CheckAccount;
using CleverTap.Rudder.Tool.CommandLine;
using Microsoft.AspNetCore.Http;

namespace CleverTap.Rudder.Tests.Tool.CheckAccount;

/// <summary>A run ends where going on would store something or would only repeat one failure.</summary>
public sealed class StoppedRunTests
{
    private static readonly object[][] UselessServers =
    [
        [401, """{"status":"fail","error":"Account ID is not valid","code":401}""", "rejects .*Account ID is not valid"],
        [403, "{}", "rejects .*HTTP 403: {}"],
        [404, "<html>Not found</html>", "does not respond as CleverTap.*HTTP 404: <html>Not found</html>"],
        [200, "Welcome", "does not respond as CleverTap.*HTTP 200: Welcome"],
        [503, "{}", "does not respond as CleverTap.*HTTP 503: {}"],
    ];

    [TestCaseSource(nameof(UselessServers))]
    public async Task Run_ends_with_one_reason_if_the_first_response_is_no_upload_response(int status, string body, string reason)
    {
        await using LocalServer server = await LocalServer.StartAsync(LocalServer.Always(status, body));

        CheckResults report = await CheckSession.RunAsync(server.Endpoint);

        Assert.That(report.StopReason, Does.Match(reason));
        Assert.That(report.All, Is.Empty);
        Assert.That(report.ExitCode, Is.EqualTo(ExitCode.Unfinished));
        Assert.That(server.Requests.Distinct(), Is.EqualTo(new[] { "POST /1/upload?dryRun=1" }));
    }

    [Test]
    public async Task Run_ends_with_one_reason_if_nothing_listens()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var endpoint = new Uri($"http://{listener.LocalEndpoint}/");
        listener.Stop();

        CheckResults report = await CheckSession.RunAsync(endpoint);

        Assert.That(report.StopReason, Does.Contain("does not respond").And.Contain("No connection"));
        Assert.That(report.All, Is.Empty);
        Assert.That(report.ExitCode, Is.EqualTo(ExitCode.Unfinished));
    }

    [Test]
    public async Task Run_ends_after_the_look_up_if_the_server_stores_dry_runs()
    {
        await using CleverTapEmulator emulator = CleverTapEmulator.Create();
        await using LocalServer server = await LocalServer.StartAsync(LocalServer.Emulating(emulator, honoursDryRun: false));

        CheckResults report = await CheckSession.RunAsync(server.Endpoint, allowWrites: true);

        Assert.That(report.StopReason, Does.Contain("stores what a dry run sends"));
        Assert.That(report.All.Select(result => result.Claim), Is.EqualTo(DryRunClaims.First));
        Assert.That(report.Left, Has.Count.EqualTo(ClaimTable.All.Count - DryRunClaims.First.Length));
        Assert.That(server.Requests, Has.Count.EqualTo(DryRunClaims.First.Length));
        Assert.That(emulator.Profiles.Keys, Is.All.Matches<string>(id => report.StopReason!.Contains(id, StringComparison.Ordinal)));
    }

    [Test]
    public async Task Redirection_is_not_followed()
    {
        await using LocalServer other = await LocalServer.StartAsync(LocalServer.Always(200, "{}"));
        await using LocalServer server = await LocalServer.StartAsync(context =>
        {
            context.Response.Redirect(other.Endpoint.AbsoluteUri);
            return Task.CompletedTask;
        });

        CheckResults report = await CheckSession.RunAsync(server.Endpoint);

        Assert.That(report.StopReason, Does.Contain("HTTP 302"));
        Assert.That(other.Requests, Is.Empty);
    }

    [Test]
    public async Task Throttling_is_waited_out()
    {
        const int throttled = 5;
        int count = 0;
        await using CleverTapEmulator emulator = CleverTapEmulator.Create();
        RequestDelegate emulating = LocalServer.Emulating(emulator);
        RequestDelegate busy = LocalServer.Always(429, """{"status":"fail","error":"Too many concurrent requests","code":429}""");
        await using LocalServer server = await LocalServer.StartAsync(context =>
            Interlocked.Increment(ref count) <= throttled ? busy(context) : emulating(context)
        );

        CheckResults report = await CheckSession.RunAsync(server.Endpoint);

        Assert.That(report.StopReason, Is.Null);
        Assert.That(report.ExitCode, Is.EqualTo(ExitCode.Done));
        Assert.That(server.Requests, Has.Count.EqualTo(throttled + ClaimTable.All.Count(claim => !claim.Probe.IsWrite)));
    }

    [Test]
    public async Task Transient_record_code_is_probed_again()
    {
        int count = 0;
        await using CleverTapEmulator emulator = CleverTapEmulator.Create();
        RequestDelegate emulating = LocalServer.Emulating(emulator);
        RequestDelegate failing = LocalServer.Always(
            200,
            """{"status":"fail","processed":0,"unprocessed":[{"status":"fail","code":555,"error":"Skipped record number : 1"}]}"""
        );
        await using LocalServer server = await LocalServer.StartAsync(context =>
            Interlocked.Increment(ref count) == 1 ? failing(context) : emulating(context)
        );

        CheckResults report = await CheckSession.RunAsync(server.Endpoint);

        Assert.That(report.Count(ClaimStatus.Differs), Is.Zero);
    }

    [Test]
    public async Task Run_ends_if_the_server_falls_silent()
    {
        int count = 0;
        await using CleverTapEmulator emulator = CleverTapEmulator.Create();
        RequestDelegate emulating = LocalServer.Emulating(emulator);
        await using LocalServer server = await LocalServer.StartAsync(async context =>
        {
            if (Interlocked.Increment(ref count) <= DryRunClaims.First.Length)
            {
                await emulating(context);
            }
            else
            {
                context.Abort();
            }
        });

        CheckResults report = await CheckSession.RunAsync(server.Endpoint);

        Assert.That(report.StopReason, Does.Contain("did not respond to 3 probes in a row"));
        Assert.That(report.Count(ClaimStatus.NoResponse), Is.EqualTo(3));
        Assert.That(report.Left, Is.Not.Empty);
    }

    [Test]
    public async Task Run_ends_if_the_credentials_are_no_longer_accepted()
    {
        int count = 0;
        await using CleverTapEmulator emulator = CleverTapEmulator.Create();
        RequestDelegate emulating = LocalServer.Emulating(emulator);
        RequestDelegate unauthorized = LocalServer.Always(401, "{}");
        await using LocalServer server = await LocalServer.StartAsync(context =>
            Interlocked.Increment(ref count) <= DryRunClaims.First.Length ? emulating(context) : unauthorized(context)
        );

        CheckResults report = await CheckSession.RunAsync(server.Endpoint);

        Assert.That(report.StopReason, Does.Contain("no longer accepts the credentials"));
        Assert.That(report.All, Has.Count.EqualTo(DryRunClaims.First.Length + 1));
    }

    [Test]
    public async Task Stopped_run_keeps_its_results_and_says_what_is_left()
    {
        const int served = 10;
        int count = 0;
        using var stop = new CancellationTokenSource();
        await using CleverTapEmulator emulator = CleverTapEmulator.Create();
        RequestDelegate emulating = LocalServer.Emulating(emulator);
        await using LocalServer server = await LocalServer.StartAsync(async context =>
        {
            if (Interlocked.Increment(ref count) > served)
            {
                await stop.CancelAsync();
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }

            await emulating(context);
        });

        CheckResults report = await CheckSession.RunAsync(server.Endpoint, cancellationToken: stop.Token);

        Assert.That(report.StopReason, Is.EqualTo("The run was stopped"));
        Assert.That(report.All, Has.Count.EqualTo(served));
        Assert.That(report.Left, Is.EqualTo(ClaimTable.All.Skip(served)));
        Assert.That(report.ExitCode, Is.EqualTo(ExitCode.Unfinished));
    }
}
