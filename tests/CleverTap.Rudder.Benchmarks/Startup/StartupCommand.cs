using System.Diagnostics;
using System.Globalization;
using CleverTap.Rudder.Benchmarks.Throughput;

namespace CleverTap.Rudder.Benchmarks.Startup;

/// <summary>Measures the time from the start of a process to its first delivered event, and the time of each step.</summary>
/// <remarks>
/// The process is CleverTap.Rudder.AotSmoke with the argument <c>startup-host</c>: an executable for the JIT, or the native one. It prints
/// a timestamp after each step. Timestamps can be compared between processes, because the clock belongs to the machine. Every second run
/// removes the validation of the options.
/// </remarks>
internal static class StartupCommand
{
    private const int Runs = 9;
    private const int WarmUpRuns = 2;

    /// <summary>The steps, in the order of the timestamps.</summary>
    private static readonly string[] Steps = ["runtime", "registration", "options", "transform", "delivery"];

    /// <summary>The executable that this project builds, which uses the JIT.</summary>
    public static string DefaultExecutable { get; } =
        Path.Combine(AppContext.BaseDirectory, $"CleverTap.Rudder.AotSmoke{(OperatingSystem.IsWindows() ? ".exe" : "")}");

    public static async Task<int> RunAsync(string executable)
    {
        await using LatencyServer server = await LatencyServer.StartAsync(_ => TimeSpan.Zero);
        List<double[]> runs = [];
        List<double[]> runsWithoutValidation = [];
        for (int run = -WarmUpRuns; run < Runs; run++)
        {
            double[] times = await StartAsync(executable, server.Address.AbsoluteUri);
            double[] timesWithoutValidation = await StartAsync(executable, server.Address.AbsoluteUri, "--no-validation");
            if (run >= 0)
            {
                runs.Add(times);
                runsWithoutValidation.Add(timesWithoutValidation);
            }
        }

        Print("total", runs.Select(times => times.Sum()));
        for (int step = 0; step < Steps.Length; step++)
        {
            Print(Steps[step], runs.Select(times => times[step]));
        }

        Print("options-without-validation", runsWithoutValidation.Select(times => times[Array.IndexOf(Steps, "options")]));
        return 0;
    }

    /// <summary>Runs the process to its end and returns the milliseconds of each step.</summary>
    private static async Task<double[]> StartAsync(string executable, params string[] arguments)
    {
        var start = new ProcessStartInfo(executable, ["startup-host", .. arguments]) { RedirectStandardOutput = true };
        long previous = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        long[] timestamps = [.. output.Split(' ').Select(timestamp => long.Parse(timestamp, CultureInfo.InvariantCulture))];
        return [.. timestamps.Prepend(previous).Zip(timestamps, (begin, end) => Stopwatch.GetElapsedTime(begin, end).TotalMilliseconds)];
    }

    private static void Print(string step, IEnumerable<double> milliseconds)
    {
        double[] values = [.. milliseconds];
        new ResultLine(step).Add("median_ms", values.Median(), decimals: 1).Add("best_ms", values.Min(), decimals: 1).Print();
    }
}
