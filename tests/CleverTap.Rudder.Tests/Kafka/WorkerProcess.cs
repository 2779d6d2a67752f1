using System.Diagnostics;

namespace CleverTap.Rudder.Tests.Kafka;

/// <summary>Runs the KafkaWorker sample as a process.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> error;

    private WorkerProcess(Process process)
    {
        this.process = process;
        output = process.StandardOutput.ReadToEndAsync();
        error = process.StandardError.ReadToEndAsync();
    }

    public static WorkerProcess Start(params IEnumerable<string> arguments) =>
        new(Process.Start(SampleProcess.Create("KafkaWorker", arguments))!);

    /// <summary>Kills the process as <c>kill -9</c> does, without a chance to clean up.</summary>
    public void Kill() => process.Kill();

    /// <summary>Asks the process to end, as a container runtime does.</summary>
    public void Terminate() => SampleProcess.Terminate(process);

    public async Task<(int ExitCode, string Output, string Error)> ExitAsync()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        await process.WaitForExitAsync(timeout.Token);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Kills a process that a failing test has left behind, and prints its output.</summary>
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
