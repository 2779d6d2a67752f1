using System.Text;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Tests.Quickstart;

/// <summary>The main job: events go in, the report says what became of each line.</summary>
public sealed class DeliverTests
{
    private const string Track = """{"type":"track","userId":"user-1","event":"e"}""";

    [Test]
    public async Task The_guides_calls_become_profiles_and_events()
    {
        QuickstartRun run = await QuickstartRun.StartAsync();

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Error, Is.Empty);
        Assert.That(run.Output, Does.Match(@"(?m)^1 +page +Cart Viewed +Web Page Viewed: Cart Viewed .*  delivered$"));
        Assert.That(run.Output, Does.Match(@"(?m)^4 +track +Order Completed +Charged .*  delivered$"));
        Assert.That(run.Output, Does.Match(@"(?m)^9 +track +invalid: EventNameMissing"));
        Assert.That(run.Output, Does.Match(@"(?m)^ +flagged +false$"));
        Assert.That(run.Output, Does.Match(@"(?m)^ +MSG-push-all +false$"));
        Assert.That(run.Output, Does.Match(@"(?m)^Charged +Charged ID +24052121$"));
        Assert.That(run.Output, Does.Match(@"(?m)^5 +StandardFieldFormat +Phone "));
    }

    [Test]
    public async Task A_pipe_gets_plain_text_also_where_an_event_tries_to_paint_the_terminal()
    {
        QuickstartRun run = await DeliverAsync([], """{"type":"track","userId":"user-1","event":"\u001b[31mred\u0007\n"}""");

        Assert.That(run.Output, Does.Contain("[31mred"));
        Assert.That(run.Output.Where(character => char.IsControl(character) && character is not '\n'), Is.Empty);
        Assert.That(run.Output, Does.Not.Contain("│").And.Not.Contain("─"));
    }

    [Test]
    public async Task Bad_lines_are_named_by_number_and_stop_nothing()
    {
        QuickstartRun run = await DeliverAsync(
            [],
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
        QuickstartRun run = await DeliverAsync(["--preset", preset], """{"type":"group","userId":"user-1"}""", Track);

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
        string line = QuickstartRun.Envelope(Track, """{"accountId":"another","passcode":"wrong"}""");

        QuickstartRun dryRun = await DeliverAsync([.. account, "--dry-run"], line);
        long storedByDryRun = cleverTap.EventCount;
        QuickstartRun run = await DeliverAsync(account, line);

        Assert.That((dryRun.ExitCode, run.ExitCode), Is.EqualTo((0, 0)), run.Output);
        Assert.That((storedByDryRun, cleverTap.EventCount), Is.EqualTo((0, 1)));
        Assert.That(run.Output, Does.Not.Contain(cleverTap.Passcode));
    }

    [Test]
    public async Task With_an_address_alone_each_line_goes_to_the_account_it_brings()
    {
        await using CleverTapEmulator cleverTap = await CleverTapEmulator.StartAsync();
        string[] address = ["--endpoint", cleverTap.Endpoint.ToString()];

        QuickstartRun run = await DeliverAsync(address, Event(cleverTap.AccountId), Event("another"), Event("not\\na header"));
        QuickstartRun without = await DeliverAsync(address, Track);

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Output, Does.Match(@"(?m)^1 .*  delivered$"));
        Assert.That(run.Output, Does.Match(@"(?m)^2 .*  undelivered: Unauthorized"));
        Assert.That(run.Output, Does.Match(@"(?m)^3 .*  invalid: WrongKind, destination\.Config"));
        Assert.That(cleverTap.EventCount, Is.EqualTo(1));
        Assert.That(without.ExitCode, Is.EqualTo(2));
        Assert.That(without.Error, Does.Contain("--account-id"));

        string Event(string account) =>
            QuickstartRun.Envelope(Track, $$"""{"accountId":"{{account}}","passcode":"{{cleverTap.Passcode}}"}""");
    }

    [Test]
    public async Task What_does_not_get_through_is_told_and_gives_exit_code_1()
    {
        QuickstartRun run = await QuickstartRun.StartAsync(
            "--endpoint",
            "http://127.0.0.1:1",
            "--account-id",
            "account",
            "--passcode",
            "passcode"
        );

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Output, Does.Match(@"(?m)^1 +page .*  undelivered: NotConnected"));
        Assert.That(run.Output, Does.Match(@"(?m)^undelivered +8$"));
    }

    [Test]
    public async Task Nothing_in_nothing_out()
    {
        QuickstartRun run = await DeliverAsync([]);

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Output, Does.Contain("No events."));
    }

    private static Task<QuickstartRun> DeliverAsync(string[] options, params string[] lines) =>
        QuickstartRun.FeedAsync(Encoding.UTF8.GetBytes(string.Join('\n', lines)), ["--input", "-", .. options]);
}
