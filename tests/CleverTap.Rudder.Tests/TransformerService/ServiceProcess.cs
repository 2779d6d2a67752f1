using System.Diagnostics;
using System.Text.RegularExpressions;

namespace CleverTap.Rudder.Tests.TransformerService;

/// <summary>A sample, run as its users run it: as a process that listens on a port.</summary>
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
    public static Task<ServiceProcess> StartAsync(Uri cleverTap, string? upstream = null) =>
        StartAsync("TransformerService", ("CleverTap__Endpoint", cleverTap.ToString()), ("Upstream", upstream ?? ""));

    /// <summary>Starts any of the samples that listen, on a free port, with settings in its environment.</summary>
    public static async Task<ServiceProcess> StartAsync(string sample, params (string Variable, string Value)[] settings)
    {
        ProcessStartInfo start = StartOf(sample, settings);
        start.ArgumentList.Add("--urls");
        start.ArgumentList.Add("http://127.0.0.1:0");

        Process process = Process.Start(start)!;
        using var inTime = new CancellationTokenSource(Patience);
        var output = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(inTime.Token) is { } line)
        {
            output.Add(line);
            if (ListeningOn().Match(line) is { Success: true } found)
            {
                return new ServiceProcess(process, new Uri(found.Groups[1].Value));
            }
        }

        throw new InvalidOperationException($"The service ended before it listened:\n{string.Join('\n', output)}");
    }

    /// <summary>Starts it with settings that it cannot take. Gives the exit code and what it wrote to standard error.</summary>
    public static async Task<(int ExitCode, string Error)> FailToStartAsync(
        string sample,
        params (string Variable, string Value)[] settings
    )
    {
        ProcessStartInfo start = StartOf(sample, settings);
        start.RedirectStandardError = true;
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
        SampleProcess.Terminate(process);
        using var inTime = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(inTime.Token);
        return (process.ExitCode, await rest);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        process.Dispose();
    }

    private static ProcessStartInfo StartOf(string sample, params (string Variable, string Value)[] settings)
    {
        ProcessStartInfo start = SampleProcess.Create(sample);
        start.RedirectStandardError = false;
        foreach ((string variable, string value) in settings)
        {
            start.Environment[variable] = value;
        }

        return start;
    }

    [GeneratedRegex("Now listening on: (http://127.0.0.1:[0-9]+)")]
    private static partial Regex ListeningOn();
}
