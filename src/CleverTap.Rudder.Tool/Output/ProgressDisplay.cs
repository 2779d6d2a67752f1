using System.Globalization;
using CleverTap.Rudder.Tool.Input;
using Spectre.Console;

namespace CleverTap.Rudder.Tool.Output;

/// <summary>Shows on a terminal how far a command has read its input.</summary>
internal static class ProgressDisplay
{
    private const int EventsBetweenUpdates = 256;

    /// <summary>Runs work that reports the number of events read so far.</summary>
    /// <param name="console">The terminal; null if there is none.</param>
    /// <param name="input">The input that is read; null if there is none.</param>
    /// <param name="work">The work. Its argument is called with the number of events.</param>
    public static async Task<T> RunAsync<T>(IAnsiConsole? console, InputFile? input, Func<Action<long>, Task<T>> work)
    {
        if (console is null)
        {
            return await work(static _ => { });
        }

        return await console
            .Progress()
            .AutoClear(true)
            .Columns(
                new SpinnerColumn(),
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn()
            )
            .StartAsync(context =>
            {
                ProgressTask task = context.AddTask("0 events", maxValue: Math.Max(1, input?.Length ?? 1));
                task.IsIndeterminate = input?.Length is null;
                return work(count => Update(task, input, count));
            });
    }

    /// <summary>The terminal of standard error; null if it is none.</summary>
    public static IAnsiConsole? StandardError() =>
        Console.IsErrorRedirected ? null : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    private static void Update(ProgressTask task, InputFile? input, long count)
    {
        if (count % EventsBetweenUpdates == 0)
        {
            task.Value = input?.Position ?? 0;
            task.Description = string.Create(CultureInfo.InvariantCulture, $"{count:N0} events");
        }
    }
}
