using System.Diagnostics;
using System.Globalization;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Tests.Tool.Deliver;

/// <summary>The promise of the outbox, against a process that dies like one that is pulled the plug.</summary>
[Category("Slow")]
public sealed class OutboxCrashTests
{
    private const int Kills = 20;
    private const int Events = 50_000;
    private const int EventsOfAnInput = 5_000;
    private const int Users = 300;

    private string folder = null!;
    private CleverTapEmulator cleverTap = null!;

    [SetUp]
    public async Task CreateFolder()
    {
        folder = Directory.CreateTempSubdirectory("crash-").FullName;
        cleverTap = await CleverTapEmulator.StartAsync(
            new CleverTapEmulatorOptions
            {
                MaxStoredEvents = 10 * Events,
                Faults = new CleverTapFaults { Latency = TimeSpan.FromMilliseconds(50) },
            }
        );
    }

    [TearDown]
    public async Task RemoveFolder()
    {
        await cleverTap.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task Whatever_was_enqueued_before_a_kill_is_stored_in_the_end_and_in_order()
    {
        var random = new Random(20);
        int input = 0;
        List<string> kills = [];
        while (kills.Count < Kills)
        {
            // Whoever did not hear that an input is on disk gives it again, as a producer would.
            bool isResume = input == Events / EventsOfAnInput;
            using Process process = ToolRun.Launch([.. Arguments(), .. isResume ? ["--resume"] : InputOf(input)]);
            string? heading = await process.StandardOutput.ReadLineAsync();
            if (heading is null)
            {
                Assert.Fail(await process.StandardError.ReadToEndAsync());
            }

            Task<string> said = process.StandardError.ReadToEndAsync();
            _ = process.StandardOutput.ReadToEndAsync();
            bool isOver = await IsOverBeforeAsync(process, cleverTap.EventCount + random.Next(-1_000, 3_000));
            if (!isOver)
            {
                process.Kill();
            }

            await ToolRun.WaitForExitAsync(process);
            bool isEnqueued = (await said).Contains($"enqueued {EventsOfAnInput}", StringComparison.Ordinal);
            if (!isOver)
            {
                kills.Add($"{(isResume ? "resume" : isEnqueued ? "enqueued" : "enqueuing")}:{cleverTap.EventCount}");
            }

            if (isEnqueued)
            {
                input++;
            }

            if (isResume && isOver)
            {
                break;
            }
        }

        for (; input < Events / EventsOfAnInput; input++)
        {
            await FinishAsync(InputOf(input));
        }

        await FinishAsync("--resume");

        int[] stored = [.. cleverTap.Events.Select(e => e.Properties["n"].GetInt32())];
        int[] first = [.. stored.Distinct()];
        await TestContext.Out.WriteLineAsync($"killed {string.Join(' ', kills)}");
        await TestContext.Out.WriteLineAsync(
            $"{Events} enqueued, {first.Length} stored, {stored.Length - first.Length} duplicates after {Kills} kills"
        );
        Assert.That(kills, Has.Count.EqualTo(Kills));
        Assert.That(first.Order(), Is.EqualTo(Enumerable.Range(0, Events)));
        foreach (IGrouping<int, int> user in first.GroupBy(n => n % Users))
        {
            Assert.That(user, Is.Ordered, $"user {user.Key}");
        }
    }

    /// <summary>
    /// Whether a process ends before CleverTap has so many events: kills hit every part of a delivery, however fast it is.
    /// </summary>
    private async Task<bool> IsOverBeforeAsync(Process process, long events)
    {
        while (!process.HasExited && cleverTap.EventCount < events)
        {
            await Task.Delay(5);
        }

        return process.HasExited;
    }

    private async Task FinishAsync(params string[] arguments)
    {
        ToolRun run = await ToolRun.StartAsync([.. Arguments(), .. arguments]);
        Assert.That(run.ExitCode, Is.Zero, run.Error + run.Output);
    }

    private string[] Arguments() =>
        [
            "deliver",
            "--outbox",
            Path.Combine(folder, "outbox.db"),
            "--endpoint",
            cleverTap.Endpoint.ToString(),
            "--account-id",
            cleverTap.AccountId,
            "--passcode",
            cleverTap.Passcode,
        ];

    private string[] InputOf(int number)
    {
        string path = Path.Combine(folder, $"{number}.ndjson");
        if (!File.Exists(path))
        {
            File.WriteAllLines(
                path,
                Enumerable
                    .Range(number * EventsOfAnInput, EventsOfAnInput)
                    .Select(n =>
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $$$"""{"type":"track","messageId":"m-{{{n}}}","userId":"u{{{n % Users}}}","event":"e","properties":{"n":{{{n}}}}}"""
                        )
                    )
            );
        }

        return [path];
    }
}
