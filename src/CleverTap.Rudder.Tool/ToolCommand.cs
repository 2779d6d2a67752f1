using System.CommandLine;
using System.CommandLine.Invocation;
using CleverTap.Rudder.Tool.CheckAccount;
using CleverTap.Rudder.Tool.CommandLine;
using CleverTap.Rudder.Tool.Compare;
using CleverTap.Rudder.Tool.DeadLetters;
using CleverTap.Rudder.Tool.Deliver;
using CleverTap.Rudder.Tool.Emulator;
using CleverTap.Rudder.Tool.Transform;

namespace CleverTap.Rudder.Tool;

/// <summary>The command line <c>clevertap-rudder</c>. It reports what it cannot do in one sentence, without a stack trace.</summary>
internal static class ToolCommand
{
    /// <summary>The time that a command has to finish what is under way after Ctrl-C or SIGTERM.</summary>
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(30);

    private const string Description = """
        Converts RudderStack events to CleverTap profiles and events, and delivers them.

        Exit codes: 0 every event has an outcome, or everything agrees; 1 something is undelivered or differs, or the run was stopped;
        2 wrong usage. A bad event is reported with its line and stops nothing.
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        RootCommand root = new(Description)
        {
            TransformCommand.Create(),
            DeliverCommand.Create(),
            CompareCommand.Create(),
            EmulatorCommand.Create(),
            CheckAccountCommand.Create(),
            DeadLettersCommand.Create(),
        };
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            return Reject(parsed.Errors[0].Message);
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TerminationTimeout }
            );
        }
        catch (WrongUsageException exception)
        {
            return Reject(exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SqliteOutboxException)
        {
            await Console.Error.WriteLineAsync($"The run broke off: {exception.Message}");
            return ExitCode.Unfinished;
        }
    }

    private static int Reject(string sentence)
    {
        Console.Error.WriteLine($"{sentence.TrimEnd('.')}. See --help.");
        return ExitCode.WrongUsage;
    }
}
