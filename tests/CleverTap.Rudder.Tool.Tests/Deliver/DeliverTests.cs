using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Tests.Tool.Deliver;

/// <summary><c>deliver</c>: one outcome for each event, as a row or as a line of JSON.</summary>
public sealed class DeliverTests
{
    private const string Track = """{"type":"track","userId":"user-1","event":"e"}""";

    [Test]
    public async Task A_pipe_gets_plain_text_also_where_an_event_tries_to_paint_the_terminal()
    {
        ToolRun run = await DeliverAsync(["--emulator"], """{"type":"track","userId":"user-1","event":"\u001b[31mred\u0007\n"}""");

        Assert.That(run.Output, Does.Contain("[31mred"));
        Assert.That(run.Output.Where(character => char.IsControl(character) && character is not '\n'), Is.Empty);
        Assert.That(run.Output, Does.Not.Contain("│").And.Not.Contain("─"));
    }

    [Test]
    public async Task Bad_lines_are_named_by_number_and_stop_nothing()
    {
        ToolRun run = await DeliverAsync(
            ["--emulator"],
            """{"type":"track","userId":"user-1","event":"First"}""",
            "{broken",
            """{"message":{"type":"track","anonymousId":"anon-1","event":"e"},"destination":{"Config":{"trackAnonymous":false}}}""",
            """{"type":"track","userId":"user-1","event":"Last"}"""
        );

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Output, Does.Match(@"(?m)^2 +\? +invalid: NotJson"));
        Assert.That(run.Output, Does.Match(@"(?m)^3 +track +e +invalid: UserIdMissing"));
        Assert.That(run.Output, Does.Match(@"(?m)^4 +track +Last +Last .*  delivered$"));
        Assert.That(run.Output, Does.Match(@"(?m)^delivered +2$"));
        Assert.That(run.Output, Does.Match(@"(?m)^invalid +2$"));
    }

    [TestCase("default", "filtered", "TypeNotSupported")]
    [TestCase("rudder-transformer", "invalid", "TypeNotSupported")]
    public async Task A_call_without_a_counterpart_is_filtered_or_invalid_as_the_preset_says(string preset, string outcome, string reason)
    {
        ToolRun run = await DeliverAsync(["--emulator", "--preset", preset], """{"type":"group","userId":"user-1"}""", Track);

        Assert.That(run.Output, Does.Match($@"(?m)^1 +\? +{outcome}: {reason}"));
        Assert.That(run.Output, Does.Match($@"(?m)^{outcome} +1$"));
    }

    [Test]
    public async Task With_an_account_it_delivers_there()
    {
        await using CleverTapEmulator cleverTap = await CleverTapEmulator.StartAsync();
        string[] account =
        [
            "--endpoint",
            cleverTap.Endpoint.ToString(),
            "--account-id",
            cleverTap.AccountId,
            "--passcode",
            cleverTap.Passcode,
        ];
        string line = ToolRun.Envelope(Track, """{"accountId":"another","passcode":"wrong"}""");

        ToolRun dryRun = await DeliverAsync([.. account, "--dry-run"], line);
        long storedByDryRun = cleverTap.EventCount;
        ToolRun run = await DeliverAsync(account, line);

        Assert.That((dryRun.ExitCode, run.ExitCode), Is.EqualTo((0, 0)), run.Output);
        Assert.That((storedByDryRun, cleverTap.EventCount), Is.EqualTo((0, 1)));
        Assert.That(run.Output, Does.Not.Contain(cleverTap.Passcode));
    }

    [Test]
    public async Task With_an_address_alone_each_line_goes_to_the_account_it_brings()
    {
        await using CleverTapEmulator cleverTap = await CleverTapEmulator.StartAsync();
        string[] address = ["--endpoint", cleverTap.Endpoint.ToString()];

        ToolRun run = await DeliverAsync(address, Event(cleverTap.AccountId), Event("another"), Event("not\\na header"));
        ToolRun without = await DeliverAsync(address, Track);

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Output, Does.Match(@"(?m)^1 .*  delivered$"));
        Assert.That(run.Output, Does.Match(@"(?m)^2 .*  undelivered: Unauthorized"));
        Assert.That(run.Output, Does.Match(@"(?m)^3 .*  invalid: WrongKind, destination\.Config"));
        Assert.That(cleverTap.EventCount, Is.EqualTo(1));
        Assert.That(without.ExitCode, Is.EqualTo(2));
        Assert.That(without.Error, Does.Contain("CLEVERTAP_ACCOUNT_ID"));

        string Event(string account) => ToolRun.Envelope(Track, $$"""{"accountId":"{{account}}","passcode":"{{cleverTap.Passcode}}"}""");
    }

    [Test]
    public async Task Undelivered_events_are_reported_with_exit_code_1()
    {
        ToolRun run = await DeliverAsync(
            ["--endpoint", "http://127.0.0.1:1", "--account-id", "account", "--passcode", "passcode", "--give-up-after", "0s"],
            Track
        );

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Output, Does.Match(@"(?m)^1 +track .*  undelivered: NotConnected"));
        Assert.That(run.Output, Does.Match(@"(?m)^undelivered +1$"));
    }

    [Test]
    public async Task Nothing_in_nothing_out()
    {
        ToolRun run = await DeliverAsync(["--emulator"]);

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Output, Does.Contain("No events."));
    }

    private static Task<ToolRun> DeliverAsync(string[] options, params string[] lines) =>
        ToolRun.FeedLinesAsync(lines, ["deliver", .. options]);
}
