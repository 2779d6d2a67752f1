using System.Diagnostics;
using System.Text.RegularExpressions;

namespace CleverTap.Rudder.Tests;

/// <summary>A sample that runs as a process and listens on a port.</summary>
internal sealed partial class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(1);

    private readonly Process process;
    private readonly Task<string> rest;

    private ServiceProcess(Process process, Uri address)
    {
        this.process = process;
        Address = address;
        rest = process.StandardOutput.ReadToEndAsync();
    }

    public Uri Address { get; }

    /// <summary>The peak memory of the process.</summary>
    public long PeakBytes
    {
        get
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
    }

    /// <summary>Starts the service on a free port, with an endpoint instead of CleverTap's hosts and optionally an upstream.</summary>
    public static Task<ServiceProcess> StartAsync(Uri cleverTap, string? upstream = null) =>
        StartAsync("TransformerService", ("CleverTap__Endpoint", cleverTap.ToString()), ("Upstream", upstream ?? ""));

    /// <summary>Starts a sample on a free port, with settings in its environment.</summary>
    public static async Task<ServiceProcess> StartAsync(string sample, params (string Variable, string Value)[] settings)
    {
        ProcessStartInfo start = StartOf(sample, settings);
        start.ArgumentList.Add("--urls");
        start.ArgumentList.Add("http://127.0.0.1:0");

        Process process = Process.Start(start)!;
        using var inTime = new CancellationTokenSource(StartTimeout);
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

    /// <summary>Starts the service with invalid settings. Returns the exit code and standard error.</summary>
    public static async Task<(int ExitCode, string Error)> FailToStartAsync(
        string sample,
        params (string Variable, string Value)[] settings
    )
    {
        ProcessStartInfo start = StartOf(sample, settings);
        start.RedirectStandardError = true;
        using Process process = Process.Start(start)!;
        using var inTime = new CancellationTokenSource(StartTimeout);
        _ = process.StandardOutput.ReadToEndAsync(inTime.Token);
        string error = await process.StandardError.ReadToEndAsync(inTime.Token);
        await process.WaitForExitAsync(inTime.Token);
        return (process.ExitCode, error);
    }

    /// <summary>Sends SIGTERM, waits for the exit and returns the exit code and the remaining output.</summary>
    public async Task<(int ExitCode, string Output)> StopAsync()
    {
        SampleProcess.Terminate(process);
        using var inTime = new CancellationTokenSource(StartTimeout);
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
