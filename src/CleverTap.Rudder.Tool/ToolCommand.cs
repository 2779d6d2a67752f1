using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
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
    private const string Unrecognized = "Unrecognized";

    private const string Description = """
        Converts RudderStack events to CleverTap profiles and events, and delivers them.

        Exit codes: 0 every event has an outcome, or everything agrees; 1 something is undelivered or differs, or the run was stopped;
        2 wrong usage; 130 a second Ctrl-C ended the run at once. A bad event is reported with its line and stops nothing.
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
            return Reject(Explain(parsed.Errors));
        }

        using var termination = new Termination();
        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
                termination.Token
            );
        }
        catch (WrongUsageException exception)
        {
            return Reject(exception.Message);
        }
        catch (OperationCanceledException)
        {
            WriteError("Stopped.");
            return ExitCode.Unfinished;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SqliteOutboxException)
        {
            WriteError($"The run broke off: {exception.Message.TrimEnd('.')}.");
            return ExitCode.Unfinished;
        }
    }

    private static int Reject(string sentence)
    {
        WriteError($"{sentence.TrimEnd('.')}. See --help.");
        return ExitCode.WrongUsage;
    }

    /// <summary>Returns the error that says most: an unknown word explains a missing command. The types of the code say nothing.</summary>
    private static string Explain(IReadOnlyList<ParseError> errors)
    {
        string message = (
            errors.FirstOrDefault(error => error.Message.Contains(Unrecognized, StringComparison.Ordinal)) ?? errors[0]
        ).Message;
        return message.Split(" as expected type")[0];
    }

    private static void WriteError(string line)
    {
        try
        {
            Console.Error.WriteLine(line);
        }
        catch (IOException)
        {
            // Standard error cannot be written: the exit code has to do.
        }
    }
}
