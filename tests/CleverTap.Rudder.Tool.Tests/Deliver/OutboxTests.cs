using System.Diagnostics;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Tests.Quickstart;

/// <summary><c>--outbox</c> puts the input on disk and delivers it; <c>--resume</c> delivers what a run before has left.</summary>
public sealed class OutboxTests
{
    private string folder = null!;

    private string Database => Path.Combine(folder, "outbox.db");

    [SetUp]
    public void CreateFolder() => folder = Directory.CreateTempSubdirectory("quickstart-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task The_input_goes_through_the_outbox()
    {
        QuickstartRun run = await QuickstartRun.StartAsync("--outbox", Database);

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Error, Is.EqualTo("enqueued 9\n"));
        Assert.That(run.Output, Does.Match(@"(?m)^delivered +8$").And.Match(@"(?m)^invalid +1$"));
        Assert.That(run.Output, Does.Match(@"(?m)^ +track +Order Completed +Charged .*  delivered$"));
    }

    [Test]
    public async Task What_did_not_get_through_is_delivered_when_resumed()
    {
        await using CleverTapEmulator cleverTap = await CleverTapEmulator.StartAsync();
        string[] account = ["--outbox", Database, "--account-id", cleverTap.AccountId, "--passcode", cleverTap.Passcode];
        using (Process process = QuickstartRun.Launch([.. account, "--endpoint", "http://127.0.0.1:1"]))
        {
            Assert.That(await process.StandardError.ReadLineAsync(), Is.EqualTo("enqueued 9"));
            process.Kill();
            await process.WaitForExitAsync();
        }

        QuickstartRun run = await QuickstartRun.StartAsync([.. account, "--endpoint", cleverTap.Endpoint.ToString(), "--resume"]);

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Error, Is.Empty);
        Assert.That(run.Output, Does.Match(@"(?m)^delivered +8$"));
        Assert.That(cleverTap.EventCount, Is.EqualTo(4));
    }

    [Test]
    public async Task Bad_lines_are_named_and_lines_for_another_destination_too()
    {
        QuickstartRun run = await QuickstartRun.FeedAsync(
            System.Text.Encoding.UTF8.GetBytes(
                "{broken\n" + QuickstartRun.Envelope("""{"type":"track","userId":"u","event":"e"}""", """{"enableObjectIdMapping":true}""")
            ),
            "--input",
            "-",
            "--outbox",
            Database
        );

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Error, Is.EqualTo("enqueued 0\n"));
        Assert.That(run.Output, Does.Match(@"(?m)^1 +\? +invalid: NotJson"));
        Assert.That(run.Output, Does.Match(@"(?m)^2 +track +e +invalid: WrongKind, destination\.Config"));
    }
}
