using System.Diagnostics;
using System.Text.Json;

namespace CleverTap.Rudder.Tests.Quickstart;

/// <summary>The sample, run as its users run it: as a process, its output piped.</summary>
internal sealed record QuickstartRun(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>The results that <c>--transform</c> printed, one a line.</summary>
    public IReadOnlyList<JsonElement> Results =>
        [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];

    /// <summary>An event as rudder-server hands it on, with its destination's configuration.</summary>
    public static string Envelope(string message, string config) => $"{{\"message\":{message},\"destination\":{{\"Config\":{config}}}}}";

    public static Task<QuickstartRun> StartAsync(params string[] arguments) => FeedAsync([], arguments);

    /// <summary>Starts it and leaves it to the caller.</summary>
    public static Process Launch(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Quickstart.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string variable in start.Environment.Keys.Where(key => key.StartsWith("CLEVERTAP_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(variable);
        }

        return Process.Start(start)!;
    }

    public static async Task<QuickstartRun> FeedAsync(byte[] input, params string[] arguments)
    {
        using Process process = Launch(arguments);
        using var inTime = new CancellationTokenSource(Patience);
        Task<string> output = process.StandardOutput.ReadToEndAsync(inTime.Token);
        Task<string> error = process.StandardError.ReadToEndAsync(inTime.Token);
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, inTime.Token);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading its input, as for wrong usage.
        }

        await process.WaitForExitAsync(inTime.Token);
        return new QuickstartRun(process.ExitCode, await output, await error);
    }
}
