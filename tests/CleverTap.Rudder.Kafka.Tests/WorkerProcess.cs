using System.Diagnostics;
using System.Globalization;

namespace CleverTap.Rudder.Tests.Kafka;

/// <summary>The sample, run as its users run it: as a process.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> error;

    private WorkerProcess(Process process)
    {
        this.process = process;
        output = process.StandardOutput.ReadToEndAsync();
        error = process.StandardError.ReadToEndAsync();
    }

    public static WorkerProcess Start(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "KafkaWorker.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (
            string variable in start
                .Environment.Keys.Where(key => key.StartsWith("CLEVERTAP_", StringComparison.OrdinalIgnoreCase))
                .ToArray()
        )
        {
            start.Environment.Remove(variable);
        }

        return new WorkerProcess(Process.Start(start)!);
    }

    /// <summary>As <c>kill -9</c>: it has no time for anything.</summary>
    public void Kill() => process.Kill();

    /// <summary>Asks it to end, as a container's host does.</summary>
    public void Terminate() => Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]).Dispose();

    public async Task<(int ExitCode, string Output, string Error)> ExitAsync()
    {
        using var inTime = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(inTime.Token);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Kills a process that a failing test has left behind, and shows what it had to say.</summary>
    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            TestContext.Out.WriteLine(
                $"Still running at the end of the test:\n{output.GetAwaiter().GetResult()}\n{error.GetAwaiter().GetResult()}"
            );
        }

        process.Dispose();
    }
}
