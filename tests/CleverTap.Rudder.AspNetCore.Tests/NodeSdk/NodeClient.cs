using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace CleverTap.Rudder.Tests.AspNetCore.NodeSdk;

/// <summary>
/// RudderStack's node SDK from npm, in the versions of the lock file, with the scenarios of client.mjs. Tests are ignored where there
/// is no node.
/// </summary>
internal static class NodeClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "NodeSdk");

    /// <summary>Fetches the SDK once and keeps it beside the tests.</summary>
    public static async Task InstallAsync()
    {
        // A process cannot start in a missing folder, which would be taken for a missing node.
        Assert.That(Folder, Does.Exist);
        if (Directory.Exists(Path.Combine(Folder, "node_modules", "@rudderstack")))
        {
            return;
        }

        (int exitCode, string output) = await RunAsync("npm", "ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund");
        if (exitCode != 0)
        {
            Assert.That(output, Does.Not.Contain("EINTEGRITY"), "The SDK is not what it was when the lock file was written");
            Assert.Ignore($"npm cannot fetch RudderStack's node SDK:\n{output}");
        }
    }

    /// <summary>Runs a scenario, which ends once the data plane has taken its events.</summary>
    /// <returns>How often the SDK sent a request again.</returns>
    public static async Task<int> RunAsync(string scenario, Uri dataPlane)
    {
        (int exitCode, string output) = await RunAsync("node", "client.mjs", scenario, dataPlane.ToString(), "write-key");

        Assert.That(exitCode, Is.Zero, output);
        return int.Parse(output.Split("retries:")[1], CultureInfo.InvariantCulture);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Start(start);
        (int exitCode, string output, string error) = await SampleProcess.ReadToExitAsync(process, Patience);
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
