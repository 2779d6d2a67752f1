using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CleverTap.Rudder.BrowserTests.Playground;

/// <summary>The sample, run as its users run it: as a process that prints its address.</summary>
internal sealed partial class PlaygroundProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process process;

    private PlaygroundProcess(Process process, string address) => (this.process, Address) = (process, address);

    public string Address { get; }

    /// <summary>Starts it on a free port, in a folder that is not its own.</summary>
    public static async Task<PlaygroundProcess> StartAsync()
    {
        Process process = Start("http://127.0.0.1:0");
        using var inTime = new CancellationTokenSource(Patience);
        while (await process.StandardOutput.ReadLineAsync(inTime.Token) is { } line)
        {
            if (Printed().Match(line) is { Success: true } found)
            {
                return new PlaygroundProcess(process, found.Groups[1].Value);
            }
        }

        throw new InvalidOperationException(
            $"The playground ended before it listened: {await process.StandardError.ReadToEndAsync(inTime.Token)}"
        );
    }

    /// <summary>Starts it where it cannot listen. Gives the exit code and what it wrote to standard error.</summary>
    public static async Task<(int ExitCode, string Error)> FailToStartAsync(string address)
    {
        using Process process = Start(address);
        using var inTime = new CancellationTokenSource(Patience);
        string error = await process.StandardError.ReadToEndAsync(inTime.Token);
        await process.WaitForExitAsync(inTime.Token);
        return (process.ExitCode, error);
    }

    public async ValueTask DisposeAsync()
    {
        if (OperatingSystem.IsWindows())
        {
            process.Kill();
        }
        else
        {
            Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]).Dispose();
        }

        using var inTime = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(inTime.Token);
        process.Dispose();
    }

    private static Process Start(string address) =>
        Process.Start(
            new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Playground.dll"), "--urls", address])
            {
                WorkingDirectory = Path.GetTempPath(),
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;

    [GeneratedRegex("^Playground: (http://127.0.0.1:[0-9]+)$")]
    private static partial Regex Printed();
}
