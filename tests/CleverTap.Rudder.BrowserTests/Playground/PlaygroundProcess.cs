using System.Diagnostics;
using System.Text.RegularExpressions;
using CleverTap.Rudder.Tests;

namespace CleverTap.Rudder.BrowserTests.Playground;

/// <summary>Runs the Playground sample as a process.</summary>
internal sealed partial class PlaygroundProcess : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    private readonly Process process;

    private PlaygroundProcess(Process process, string address) => (this.process, Address) = (process, address);

    public string Address { get; }

    /// <summary>Starts the sample on a free port, in another current directory than its own.</summary>
    public static async Task<PlaygroundProcess> StartAsync()
    {
        Process process = Start("http://127.0.0.1:0");
        using var timeout = new CancellationTokenSource(Timeout);
        while (await process.StandardOutput.ReadLineAsync(timeout.Token) is { } line)
        {
            if (AddressLine().Match(line) is { Success: true } found)
            {
                return new PlaygroundProcess(process, found.Groups[1].Value);
            }
        }

        throw new InvalidOperationException(
            $"The playground ended before it listened: {await process.StandardError.ReadToEndAsync(timeout.Token)}"
        );
    }

    /// <summary>Starts the sample on an address that is in use. Returns the exit code and the standard error.</summary>
    public static async Task<(int ExitCode, string Error)> FailToStartAsync(string address)
    {
        using Process process = Start(address);
        (int exitCode, _, string error) = await SampleProcess.ReadToExitAsync(process, Timeout);
        return (exitCode, error);
    }

    public async ValueTask DisposeAsync()
    {
        SampleProcess.Terminate(process);
        using var timeout = new CancellationTokenSource(Timeout);
        await process.WaitForExitAsync(timeout.Token);
        process.Dispose();
    }

    private static Process Start(string address)
    {
        ProcessStartInfo start = SampleProcess.Create("Playground", "--urls", address);
        start.WorkingDirectory = Path.GetTempPath();
        return Process.Start(start)!;
    }

    [GeneratedRegex("^Playground: (http://127.0.0.1:[0-9]+)$")]
    private static partial Regex AddressLine();
}
