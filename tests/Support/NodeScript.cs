using System.ComponentModel;
using System.Diagnostics;

namespace CleverTap.Rudder.Tests;

/// <summary>
/// A script beside the tests that runs in node with the packages of its lock file. Tests are ignored where there is no npm or where its
/// registry cannot be reached.
/// </summary>
/// <param name="folder">The folder of the script below the tests.</param>
/// <param name="package">The package whose client the script uses.</param>
internal sealed class NodeScript(string folder, string package)
{
    private const string FileName = "client.mjs";

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    /// <summary>The codes of npm for a registry that cannot be reached.</summary>
    private static readonly string[] NetworkErrors = ["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH"];

    private string Folder => Path.Combine(AppContext.BaseDirectory, folder);

    /// <summary>Fetches the packages once and keeps them beside the tests.</summary>
    public async Task InstallAsync()
    {
        // A process cannot start in a missing folder, which would be taken for a missing npm.
        Assert.That(Path.Combine(Folder, FileName), Does.Exist);
        if (Directory.Exists(Path.Combine(Folder, "node_modules", package)))
        {
            return;
        }

        string[] options = ["--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund", "--fetch-retry-maxtimeout=10000"];
        (int exitCode, string output) = await RunAsync("npm", ["ci", .. options]);
        if (exitCode != 0 && NetworkErrors.Any(code => output.Contains(code, StringComparison.Ordinal)))
        {
            Assert.Ignore($"npm cannot fetch {package}:\n{output}");
        }

        Assert.That(exitCode, Is.Zero, output);
    }

    /// <summary>Runs the script, which must succeed.</summary>
    /// <returns>Its output.</returns>
    public async Task<string> RunAsync(params string[] arguments)
    {
        (int exitCode, string output) = await RunAsync("node", [FileName, .. arguments]);
        Assert.That(exitCode, Is.Zero, output);
        return output;
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Start(start);
        (int exitCode, string output, string error) = await SampleProcess.ReadToExitAsync(process, Timeout);
        return (exitCode, error + output);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Ignore($"There is no {start.FileName} here");
            throw;
        }
    }
}
