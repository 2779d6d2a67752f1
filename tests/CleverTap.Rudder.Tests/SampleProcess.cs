using System.Diagnostics;
using System.Globalization;

namespace CleverTap.Rudder.Tests;

/// <summary>Starts, reads and ends processes for tests: samples and other programs.</summary>
internal static class SampleProcess
{
    /// <summary>Creates the start of a sample that the build copied beside the tests, with redirected output.</summary>
    /// <remarks>The sample gets no CleverTap credentials from the environment of the tests.</remarks>
    public static ProcessStartInfo Create(string sample, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, $"{sample}.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] credentials =
        [
            .. start.Environment.Keys.Where(variable => variable.StartsWith("CLEVERTAP_", StringComparison.OrdinalIgnoreCase)),
        ];
        foreach (string variable in credentials)
        {
            start.Environment.Remove(variable);
        }

        return start;
    }

    /// <summary>
    /// Asks a process to end with SIGTERM, as a container runtime does. Windows has no such signal: the process is killed.
    /// </summary>
    public static void Terminate(Process process)
    {
        if (OperatingSystem.IsWindows())
        {
            process.Kill();
        }
        else if (!process.HasExited)
        {
            Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]).Dispose();
        }
    }

    /// <summary>Reads the output of a process until it exits. A process that exceeds the timeout is killed.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> ReadToExitAsync(Process process, TimeSpan timeout)
    {
        using var timeoutSource = new CancellationTokenSource(timeout);
        Task<string> output = process.StandardOutput.ReadToEndAsync(timeoutSource.Token);
        Task<string> error = process.StandardError.ReadToEndAsync(timeoutSource.Token);
        try
        {
            await process.WaitForExitAsync(timeoutSource.Token);
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            process.Kill();
        }
    }
}
