using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CleverTap.Rudder.Tests.TransformerService;

/// <summary>The sample, run as its users run it: as a process that listens on a port.</summary>
internal sealed partial class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process process;
    private readonly Task<string> rest;

    private ServiceProcess(Process process, Uri address)
    {
        this.process = process;
        Address = address;
        rest = process.StandardOutput.ReadToEndAsync();
    }

    public Uri Address { get; }

    /// <summary>The most memory that it ever held.</summary>
    public long PeakBytes
    {
        get
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
    }

    /// <summary>Starts it on a free port, what is addressed to CleverTap going elsewhere; other destinations' to an upstream, if any.</summary>
    public static async Task<ServiceProcess> StartAsync(Uri cleverTap, string? upstream = null)
    {
        string service = Path.Combine(AppContext.BaseDirectory, "TransformerService.dll");
        var start = new ProcessStartInfo("dotnet", [service, "--urls", "http://127.0.0.1:0"]) { RedirectStandardOutput = true };
        foreach (string variable in start.Environment.Keys.Where(key => key.StartsWith("CLEVERTAP_", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(variable);
        start.Environment["CleverTap__Endpoint"] = cleverTap.ToString();
        if (upstream is not null) start.Environment["Upstream"] = upstream;

        Process process = Process.Start(start)!;
        using var inTime = new CancellationTokenSource(Patience);
        var output = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(inTime.Token) is { } line)
        {
            output.Add(line);
            if (ListeningOn().Match(line) is { Success: true } found) return new ServiceProcess(process, new Uri(found.Groups[1].Value));
        }

        throw new InvalidOperationException($"The service ended before it listened:\n{string.Join('\n', output)}");
    }

    /// <summary>Starts it with a setting that it cannot take. Gives the exit code and what it wrote to standard error.</summary>
    public static async Task<(int ExitCode, string Error)> FailToStartAsync(string variable, string value)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "TransformerService.dll")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[variable] = value;
        using Process process = Process.Start(start)!;
        using var inTime = new CancellationTokenSource(Patience);
        _ = process.StandardOutput.ReadToEndAsync(inTime.Token);
        string error = await process.StandardError.ReadToEndAsync(inTime.Token);
        await process.WaitForExitAsync(inTime.Token);
        return (process.ExitCode, error);
    }

    /// <summary>Asks it to end, as a container's host does, and waits for it. Gives the exit code and what else it wrote.</summary>
    public async Task<(int ExitCode, string Output)> StopAsync()
    {
        if (OperatingSystem.IsWindows()) process.Kill();
        else if (!process.HasExited) Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]).Dispose();

        using var inTime = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(inTime.Token);
        return (process.ExitCode, await rest);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        process.Dispose();
    }

    [GeneratedRegex("Now listening on: (http://127.0.0.1:[0-9]+)")]
    private static partial Regex ListeningOn();
}
