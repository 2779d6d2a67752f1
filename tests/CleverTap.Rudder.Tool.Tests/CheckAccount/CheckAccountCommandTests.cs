using System.Text.Json;
using CleverTap.Rudder.Testing;
using CleverTap.Rudder.Tool.CheckAccount.Claims;
using Microsoft.AspNetCore.Http;

namespace CleverTap.Rudder.Tests.Tool.CheckAccount;

/// <summary>The command <c>check-account</c> as the shell sees it.</summary>
public sealed class CheckAccountCommandTests
{
    private static readonly string[] Account = ["--account-id", "TEST-ACCOUNT", "--passcode", "test-passcode"];

    [TestCase("https", "--endpoint", "http://example.com")]
    [TestCase("without user", "--endpoint", "https://user:word@example.com")]
    [TestCase("Region", "--region", "evil.com/")]
    [TestCase("global", "--region", "global")]
    [TestCase("Timeout", "--timeout", "0s")]
    [TestCase("--timeout must be a time", "--timeout", "soon")]
    public async Task Wrong_usage_exits_with_2_and_one_line_without_the_passcode(string hint, params string[] arguments)
    {
        ToolRun run = await ToolRun.StartAsync(["check-account", .. Account, .. arguments]);

        Assert.That((run.ExitCode, run.Output), Is.EqualTo((2, "")));
        Assert.That(run.Error.TrimEnd(), Does.Contain(hint).And.Not.Contain("\n").And.Not.Contain("test-passcode"));
    }

    [Test]
    public async Task Missing_account_exits_with_2()
    {
        ToolRun run = await ToolRun.StartAsync("check-account");

        Assert.That((run.ExitCode, run.Output), Is.EqualTo((2, "")));
        Assert.That(run.Error.TrimEnd(), Does.Contain("CLEVERTAP_ACCOUNT_ID").And.Not.Contain("\n"));
    }

    [Test]
    public async Task Emulator_shows_no_difference()
    {
        await using CleverTapEmulator emulator = await CleverTapEmulator.StartAsync();

        ToolRun run = await ToolRun.StartAsync(["check-account", .. Account, "--endpoint", emulator.Endpoint.AbsoluteUri, "--json"]);

        Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
        Assert.That(run.Results, Has.Count.EqualTo(ClaimTable.All.Count + 2));
        Assert.That(run.Results[^1].GetProperty("differs").GetInt32(), Is.Zero);
        Assert.That(emulator.ProfileCount, Is.Zero);
    }

    [Test]
    public async Task Server_that_accepts_everything_differs()
    {
        await using LocalServer server = await LocalServer.StartAsync(LocalServer.Always(200, """{"status":"success","processed":1}"""));

        ToolRun run = await ToolRun.StartAsync(["check-account", .. Account, "--endpoint", server.Endpoint.AbsoluteUri]);

        Assert.That((run.ExitCode, run.Error), Is.EqualTo((1, "")));
        Assert.That(run.Output, Does.Contain("\ndiffers     record-type: "));
    }

    [Test]
    public async Task Wrong_passcode_exits_with_1_and_one_line()
    {
        await using CleverTapEmulator emulator = await CleverTapEmulator.StartAsync(new CleverTapEmulatorOptions { Passcode = "other" });

        ToolRun run = await ToolRun.StartAsync(["check-account", .. Account, "--endpoint", emulator.Endpoint.AbsoluteUri]);

        Assert.That((run.ExitCode, run.Output), Is.EqualTo((1, "")));
        Assert.That(
            run.Error.TrimEnd(),
            Is.EqualTo($"{emulator.Endpoint} rejects the account id, the passcode or the region (HTTP 401: Passcode Invalid).")
        );
    }

    [Test]
    public async Task Early_end_is_in_the_summary_and_on_standard_error()
    {
        int count = 0;
        await using CleverTapEmulator emulator = CleverTapEmulator.Create();
        RequestDelegate emulating = LocalServer.Emulating(emulator);
        RequestDelegate unauthorized = LocalServer.Always(401, "{}");
        await using LocalServer server = await LocalServer.StartAsync(context =>
            Interlocked.Increment(ref count) <= DryRunClaims.First.Length ? emulating(context) : unauthorized(context)
        );

        ToolRun run = await ToolRun.StartAsync(["check-account", .. Account, "--endpoint", server.Endpoint.AbsoluteUri, "--json"]);

        JsonElement summary = run.Results[^1];
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error.TrimEnd(), Is.EqualTo($"{summary.GetProperty("stopReason").GetString()}."));
        Assert.That(summary.GetProperty("left").GetArrayLength(), Is.EqualTo(ClaimTable.All.Count - DryRunClaims.First.Length - 1));
    }
}
