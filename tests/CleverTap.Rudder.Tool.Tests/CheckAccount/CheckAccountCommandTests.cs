using System.Text.Json;
using CleverTap.Rudder.Testing;
using CleverTap.Rudder.Tool.CheckAccount.Claims;
using CleverTap.Rudder.Tool.CommandLine;

namespace CleverTap.Rudder.Tool.Tests.CheckAccount;

/// <summary>The command <c>check-account</c> as the shell sees it.</summary>
[NonParallelizable]
public sealed class CheckAccountCommandTests
{
    private const string NoAccount = "check-account needs an account: --account-id or CLEVERTAP_ACCOUNT_ID. See --help.";
    private const string Unauthorized = "(HTTP 401: Passcode Invalid)";

    private static readonly string[] Account = ["--account-id", "TEST-ACCOUNT", "--passcode", "test-passcode"];

    private static readonly object[][] WrongUsages =
    [
        [new[] { "--endpoint", "http://example.com" }, "https"],
        [new[] { "--endpoint", "https://user:word@example.com" }, "without user"],
        [new[] { "--region", "evil.com/" }, "Region"],
        [new[] { "--region", "global" }, "global"],
        [new[] { "--timeout", "0" }, "Timeout"],
        [new[] { "--no-such-option" }, "--no-such-option"],
    ];

    [TestCaseSource(nameof(WrongUsages))]
    public async Task Wrong_usage_exits_with_2_and_one_line_without_the_passcode(string[] arguments, string word)
    {
        (int exitCode, string output, string error) = await RunAsync([.. Account, .. arguments]);

        Assert.That(exitCode, Is.EqualTo(ExitCode.WrongUsage));
        Assert.That(output, Is.Empty);
        Assert.That(error.Trim().Split('\n'), Has.Length.EqualTo(1));
        Assert.That(error, Does.Contain(word).And.Not.Contain("test-passcode"));
    }

    [Test]
    public async Task Missing_account_exits_with_2()
    {
        (int exitCode, _, string error) = await RunAsync([]);

        Assert.That((exitCode, error), Is.EqualTo((ExitCode.WrongUsage, $"{NoAccount}{Environment.NewLine}")));
    }

    [Test]
    public async Task Emulator_shows_no_difference()
    {
        await using CleverTapEmulator emulator = await CleverTapEmulator.StartAsync();

        (int exitCode, string output, string error) = await RunAsync([.. Account, "--endpoint", emulator.Endpoint.AbsoluteUri, "--json"]);

        string[] lines = output.TrimEnd().Split(Environment.NewLine);
        Assert.That((exitCode, error), Is.EqualTo((ExitCode.Done, "")));
        Assert.That(lines, Has.Length.EqualTo(ClaimTable.All.Count + 2));
        Assert.That(JsonDocument.Parse(lines[^1]).RootElement.GetProperty("differs").GetInt32(), Is.Zero);
    }

    [Test]
    public async Task Wrong_passcode_exits_with_1_and_one_line()
    {
        await using CleverTapEmulator emulator = await CleverTapEmulator.StartAsync(new CleverTapEmulatorOptions { Passcode = "other" });

        (int exitCode, string output, string error) = await RunAsync([.. Account, "--endpoint", emulator.Endpoint.AbsoluteUri]);

        Assert.That((exitCode, output), Is.EqualTo((ExitCode.Unfinished, "")));
        Assert.That(error.Trim(), Is.EqualTo($"{emulator.Endpoint} rejects the account id, the passcode or the region {Unauthorized}."));
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(string[] arguments)
    {
        TextWriter standardOutput = Console.Out;
        TextWriter standardError = Console.Error;
        using var output = new StringWriter();
        using var error = new StringWriter();
        Console.SetOut(output);
        Console.SetError(error);
        try
        {
            return (await ToolCommand.RunAsync(["check-account", .. arguments]), output.ToString(), error.ToString());
        }
        finally
        {
            Console.SetOut(standardOutput);
            Console.SetError(standardError);
        }
    }
}
