using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CleverTap.Rudder.Tests;

/// <summary>A run of the command-line tool as a process, with its output piped.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>A command that runs another one without standard input.</summary>
    public static readonly string[] WithoutInput = ["sh", "-c", "exec \"$@\" <&-", "sh"];

    /// <summary>A command that runs another one which SIGINT stops.</summary>
    /// <remarks>A shell without job control starts background processes, as the tests may be, so that they ignore SIGINT.</remarks>
    public static readonly string[] Interruptible = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT"] : [];

    /// <summary>The lines of JSON on standard output.</summary>
    public IReadOnlyList<JsonElement> Results =>
        [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];

    /// <summary>An event with the configuration of its destination, as rudder-server sends it.</summary>
    public static string Envelope(string message, string config) => $"{{\"message\":{message},\"destination\":{{\"Config\":{config}}}}}";

    public static Task<ToolRun> StartAsync(params string[] arguments) => FeedAsync([], arguments);

    /// <summary>Runs a command whose standard input is the given lines.</summary>
    public static Task<ToolRun> FeedLinesAsync(string[] lines, params string[] arguments) =>
        FeedAsync(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"), arguments);

    /// <summary>Starts the process and returns it.</summary>
    public static Process Launch(params string[] arguments) => Launch([], [], arguments);

    /// <summary>Starts the process with variables of its environment, and returns it.</summary>
    public static Process LaunchWithEnvironment(Dictionary<string, string> environment, params string[] arguments) =>
        Launch([], environment, arguments);

    /// <summary>Starts the process by another command, and returns it.</summary>
    public static Process LaunchBy(string[] launcher, params string[] arguments) => Launch(launcher, [], arguments);

    private static Process Launch(string[] launcher, Dictionary<string, string> environment, string[] arguments)
    {
        string[] command = [.. launcher, "dotnet", Path.Combine(AppContext.BaseDirectory, "CleverTap.Rudder.Tool.dll"), .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string variable in start.Environment.Keys.Where(key => key.StartsWith("CLEVERTAP_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(variable);
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Sends a signal, as INT or TERM, to a process.</summary>
    public static async Task SignalAsync(Process process, string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits until a process ends; kills it after a minute, as when it ignores a signal.</summary>
    public static async Task WaitForExitAsync(Process process)
    {
        using var inTime = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(inTime.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    public static async Task<ToolRun> FeedAsync(byte[] input, params string[] arguments)
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
        return new ToolRun(process.ExitCode, await output, await error);
    }
}
