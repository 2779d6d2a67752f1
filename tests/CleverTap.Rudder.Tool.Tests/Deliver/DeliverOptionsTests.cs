using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Tests.Tool.Deliver;

/// <summary>The options of <c>deliver</c>, against an emulator.</summary>
public sealed class DeliverOptionsTests
{
    private const string Track = """{"type":"track","messageId":"m-1","userId":"user-1","event":"e"}""";
    private const int ManyEvents = 12_000;

    private CleverTapEmulator cleverTap = null!;

    [SetUp]
    public async Task Start() => cleverTap = await CleverTapEmulator.StartAsync();

    [TearDown]
    public async Task Stop() => await cleverTap.DisposeAsync();

    [Test]
    public async Task Json_gives_one_outcome_a_line_and_the_summary_on_standard_error()
    {
        ToolRun run = await DeliverAsync([Track, "{broken", """{"type":"track","userId":"u","event":"Notification Sent"}"""], "--json");

        string[] outcomes =
        [
            .. run.Results.Select(outcome =>
                $"{outcome.GetProperty("index")} {outcome.GetProperty("messageId")} {outcome.GetProperty("kind")} "
                + $"{outcome.GetProperty("code")} {outcome.GetProperty("reason")}"
            ),
        ];
        Assert.That(outcomes, Is.EqualTo(new[] { "0 m-1 Delivered  ", "1  Invalid  NotJson", "2  Rejected 513 " }));
        JsonElement summary = JsonSerializer.Deserialize<JsonElement>(run.Error);
        Assert.That(
            (summary.GetProperty("events").GetInt32(), summary.GetProperty("delivered").GetInt32(), run.ExitCode),
            Is.EqualTo((3, 1, 0))
        );
    }

    [Test]
    public async Task Passcode_comes_from_a_file()
    {
        string path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, cleverTap.Passcode + "\n");

        ToolRun run = await ToolRun.FeedLinesAsync(
            [Track],
            ["deliver", "--endpoint", cleverTap.Endpoint.ToString(), "--account-id", cleverTap.AccountId, "--passcode-file", path]
        );

        File.Delete(path);
        Assert.That((run.ExitCode, cleverTap.EventCount), Is.EqualTo((0, 1)), run.Error);
        Assert.That(run.Output + run.Error, Does.Not.Contain(cleverTap.Passcode));
    }

    [Test]
    public async Task Account_comes_from_the_environment()
    {
        using Process process = ToolRun.LaunchWithEnvironment(
            new() { ["CLEVERTAP_ACCOUNT_ID"] = cleverTap.AccountId, ["CLEVERTAP_PASSCODE"] = cleverTap.Passcode },
            "deliver",
            "--endpoint",
            cleverTap.Endpoint.ToString()
        );
        await process.StandardInput.WriteLineAsync(Track);
        process.StandardInput.Close();
        await ToolRun.WaitForExitAsync(process);

        Assert.That((process.ExitCode, cleverTap.EventCount), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task Max_in_flight_bounds_the_uploads()
    {
        cleverTap.Faults = new CleverTapFaults { Latency = TimeSpan.FromSeconds(5) };

        Task<ToolRun> delivery = DeliverAsync(Many(), "--max-in-flight", "5", "--json");
        await Polling.WaitUntilAsync(() => cleverTap.PeakInFlight == 5, "five uploads are in flight");
        cleverTap.Faults = CleverTapFaults.None;
        ToolRun run = await delivery;

        Assert.That((run.ExitCode, cleverTap.EventCount), Is.EqualTo((0, ManyEvents)), run.Error);
        Assert.That(cleverTap.PeakInFlight, Is.EqualTo(5));
    }

    [Test]
    public async Task Outcomes_are_in_the_order_of_the_input_when_events_go_to_two_accounts()
    {
        string[] lines =
        [
            .. Enumerable
                .Range(0, 200)
                .Select(i =>
                    i % 2 == 0
                        ? Track
                        : ToolRun.Envelope(
                            Track,
                            $$"""{"trackAnonymous":true,"enableObjectIdMapping":true,"accountId":"x","passcode":"y"}"""
                        )
                ),
        ];

        ToolRun run = await DeliverAsync(lines, "--json");

        Assert.That(run.Results.Select(outcome => outcome.GetProperty("index").GetInt32()), Is.EqualTo(Enumerable.Range(0, 200)));
        Assert.That(run.Results.Select(outcome => outcome.GetProperty("kind").GetString()), Is.All.EqualTo("Delivered"));
    }

    [Test]
    public async Task Give_up_after_ends_a_run_to_a_service_that_is_down()
    {
        cleverTap.Faults = new CleverTapFaults { ServerError = 1 };

        ToolRun run = await DeliverAsync([Track], "--give-up-after", "1s", "--json");

        Assert.That(run.Results.Single().GetProperty("reason").GetString(), Is.EqualTo("Unavailable"));
        Assert.That(run.ExitCode, Is.EqualTo(1));
    }

    [Test]
    public async Task Interrupt_finishes_what_is_under_way_and_names_the_last_line()
    {
        using Process process = ToolRun.LaunchBy(ToolRun.Interruptible, ["deliver", .. Account()]);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        await process.StandardInput.WriteLineAsync(Track);
        await process.StandardInput.FlushAsync();
        await Polling.WaitUntilAsync(() => cleverTap.EventCount == 1, "the event is stored");

        await ToolRun.SignalAsync(process, "INT");
        await ToolRun.WaitForExitAsync(process);

        Assert.That(process.ExitCode, Is.EqualTo(1));
        Assert.That(
            await output,
            Does.Contain("Stopped: line 1 was the last that was delivered or is on disk.").And.Match(@"(?m)^delivered +1$")
        );
    }

    [Test]
    public async Task Second_interrupt_ends_the_run_at_once()
    {
        cleverTap.Faults = new CleverTapFaults { Latency = TimeSpan.FromMinutes(1) };
        using Process process = ToolRun.LaunchBy(ToolRun.Interruptible, ["deliver", .. Account()]);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        await process.StandardInput.WriteLineAsync(Track);
        await process.StandardInput.FlushAsync();
        await Polling.WaitUntilAsync(() => cleverTap.EventCount == 1, "the upload waits for its response");

        for (int i = 0; i < 1000 && !process.HasExited; i++)
        {
            await ToolRun.SignalAsync(process, "INT");
        }

        await ToolRun.WaitForExitAsync(process);
        Assert.That(process.ExitCode, Is.EqualTo(130));
        Assert.That(await output, Does.Not.Contain("Stopped:"));
    }

    [Test]
    public async Task Echoed_passcode_is_not_shown()
    {
        await using EchoServer server = EchoServer.Start();

        ToolRun run = await ToolRun.FeedLinesAsync(
            [Track],
            [
                "deliver",
                "--endpoint",
                server.Address,
                "--account-id",
                "account",
                "--passcode",
                "SECRET-1",
                "--give-up-after",
                "0s",
                "--json",
            ]
        );

        Assert.That(run.Output, Does.Contain("(passcode)").And.Not.Contain("SECRET-1"));
    }

    [Test]
    public async Task Closed_pipe_ends_the_run_with_one_line()
    {
        using Process process = ToolRun.Launch(["deliver", .. Account()]);
        process.StandardOutput.Close();
        try
        {
            await process.StandardInput.WriteAsync(string.Join('\n', Many()));
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The process has ended.
        }

        string error = await process.StandardError.ReadToEndAsync();
        await ToolRun.WaitForExitAsync(process);

        Assert.That((process.ExitCode, error), Is.EqualTo((1, "The run broke off: Broken pipe.\n")));
    }

    [Test]
    public async Task Input_that_is_cut_gives_the_outcomes_before_the_cut_and_the_reason()
    {
        ToolRun run = await DeliverAsync([$"[{Track},", Track], "--json");

        Assert.That(run.Results.Select(outcome => outcome.GetProperty("kind").GetString()), Is.EqualTo(new[] { "Delivered", "Delivered" }));
        Assert.That(run.Error, Does.Contain("\"fault\":\"the input lacks the end of the array\""));
        Assert.That(run.ExitCode, Is.EqualTo(1));
    }

    private static string[] Many() =>
        [
            .. Enumerable
                .Range(0, ManyEvents)
                .Select(i => string.Create(CultureInfo.InvariantCulture, $$"""{"type":"track","userId":"u{{i % 5000}}","event":"e"}""")),
        ];

    private Task<ToolRun> DeliverAsync(string[] lines, params string[] options) =>
        ToolRun.FeedLinesAsync(lines, ["deliver", .. Account(), .. options]);

    private string[] Account() =>
        ["--endpoint", cleverTap.Endpoint.ToString(), "--account-id", cleverTap.AccountId, "--passcode", cleverTap.Passcode];
}
