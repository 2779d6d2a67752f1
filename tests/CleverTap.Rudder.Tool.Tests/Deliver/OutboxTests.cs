using System.Diagnostics;
using System.Text.Json;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Tests.Tool.Deliver;

/// <summary><c>--outbox</c> puts the input on disk and delivers it; <c>--resume</c> delivers what an earlier run has left.</summary>
public sealed class OutboxTests
{
    private const string Good = """{"type":"track","userId":"u","event":"e"}""";

    private string folder = null!;
    private CleverTapEmulator cleverTap = null!;

    private string Database => Path.Combine(folder, "outbox.db");

    [SetUp]
    public async Task CreateFolder()
    {
        folder = Directory.CreateTempSubdirectory("outbox-").FullName;
        cleverTap = await CleverTapEmulator.StartAsync();
    }

    [TearDown]
    public async Task RemoveFolder()
    {
        await cleverTap.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task Input_goes_through_the_outbox()
    {
        ToolRun run = await DeliverAsync([Good, "{broken", Good]);

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Error, Is.EqualTo("enqueued 2\n"));
        Assert.That(run.Output, Does.Match(@"(?m)^delivered +2$").And.Match(@"(?m)^invalid +1$"));
        Assert.That(run.Output, Does.Match(@"(?m)^2 +\? .*invalid: NotJson"));
        Assert.That(cleverTap.EventCount, Is.EqualTo(2));
    }

    [Test]
    public async Task Events_that_were_enqueued_before_a_kill_are_delivered_when_resumed()
    {
        using (Process process = ToolRun.Launch(["deliver", .. Arguments("http://127.0.0.1:1")]))
        {
            await process.StandardInput.WriteLineAsync(Good);
            process.StandardInput.Close();
            Assert.That(await process.StandardError.ReadLineAsync(), Is.EqualTo("enqueued 1"));
            process.Kill();
            await ToolRun.WaitForExitAsync(process);
        }

        ToolRun run = await ToolRun.StartAsync(["deliver", .. Arguments(cleverTap.Endpoint.ToString()), "--resume"]);

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output, Does.Match(@"(?m)^delivered +1$"));
        Assert.That(cleverTap.EventCount, Is.EqualTo(1));
    }

    [Test]
    public async Task Event_for_another_destination_is_invalid()
    {
        ToolRun run = await DeliverAsync([ToolRun.Envelope(Good, """{"enableObjectIdMapping":true}""")]);

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Error, Is.EqualTo("enqueued 0\n"));
        Assert.That(run.Output, Does.Match(@"(?m)^1 +track +e +invalid: WrongKind, destination\.Config"));
    }

    [Test]
    public async Task Dead_letter_is_listed_replayed_and_purged()
    {
        await DeliverAsync(["""{"type":"track","messageId":"m-1","userId":"u","event":"Notification Sent"}"""]);

        ToolRun list = await ToolRun.StartAsync("dead-letters", "list", "--outbox", Database, "--json");
        ToolRun replay = await ToolRun.StartAsync("dead-letters", "replay", "--outbox", Database);
        ToolRun empty = await ToolRun.StartAsync("dead-letters", "list", "--outbox", Database);
        ToolRun again = await ToolRun.StartAsync(["deliver", .. Arguments(cleverTap.Endpoint.ToString()), "--resume"]);
        ToolRun purge = await ToolRun.StartAsync("dead-letters", "purge", "--outbox", Database, "--id", "1", "--json");

        JsonElement letter = list.Results.Single();
        Assert.That(
            (letter.GetProperty("messageId").GetString(), letter.GetProperty("kind").GetString(), letter.GetProperty("code").GetInt32()),
            Is.EqualTo(("m-1", "Rejected", 513))
        );
        Assert.That((replay.Output, empty.Output), Is.EqualTo(("replayed 1\n", "No dead letters.\n")));
        Assert.That(again.Output, Does.Match(@"(?m)^rejected +1$"));
        Assert.That(purge.Output, Does.Match("""^{"purged":[01]}\n$"""));
    }

    [Test]
    public async Task Run_that_is_stopped_before_its_first_event_ends_with_a_summary()
    {
        using Process process = ToolRun.Launch(["deliver", .. Arguments(cleverTap.Endpoint.ToString())]);
        await process.StandardOutput.ReadLineAsync();

        await ToolRun.SignalAsync(process, "TERM");
        string rest = await process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await ToolRun.WaitForExitAsync(process);

        Assert.That((process.ExitCode, error), Is.EqualTo((1, "")));
        Assert.That(rest, Does.Contain("No events.").And.Contain("Stopped: line 0 "));
    }

    [Test]
    public async Task Stopped_run_names_the_last_line_that_is_on_disk()
    {
        string path = Path.Combine(folder, "many.ndjson");
        await File.WriteAllLinesAsync(path, Enumerable.Range(1, 100_000).Select(n => Good.Replace("\"e\"", $"\"e{n}\"")));
        using Process process = ToolRun.Launch(["deliver", .. Arguments(cleverTap.Endpoint.ToString()), path, "--json"]);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await Polling.WaitUntilAsync(() => cleverTap.EventCount > 0, "some events are stored");

        await ToolRun.SignalAsync(process, "TERM");
        await ToolRun.WaitForExitAsync(process);
        JsonElement summary = JsonSerializer.Deserialize<JsonElement>((await error).Split('\n')[^2]);
        await ToolRun.StartAsync(["deliver", .. Arguments(cleverTap.Endpoint.ToString()), "--resume", "--json"]);

        Assert.That((await output).Length, Is.Positive);
        Assert.That(cleverTap.EventCount, Is.EqualTo(summary.GetProperty("stoppedAfterLine").GetInt64()));
    }

    private Task<ToolRun> DeliverAsync(string[] lines) =>
        ToolRun.FeedLinesAsync(lines, ["deliver", .. Arguments(cleverTap.Endpoint.ToString())]);

    private string[] Arguments(string endpoint) =>
        ["--outbox", Database, "--account-id", cleverTap.AccountId, "--passcode", cleverTap.Passcode, "--endpoint", endpoint];
}
