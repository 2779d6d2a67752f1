using System.CommandLine;
using CleverTap.Rudder.Tool.CheckAccount.Claims;
using CleverTap.Rudder.Tool.CheckAccount.Printing;
using CleverTap.Rudder.Tool.CommandLine;
using Spectre.Console;

namespace CleverTap.Rudder.Tool.CheckAccount;

/// <summary><c>check-account</c>: compares what the library claims about CleverTap with the responses of an account.</summary>
internal static class CheckAccountCommand
{
    private const string Description =
        "Probe an account by dry run, and compare it with what the library and the emulator rely on. Nothing is stored: the run ends if a "
        + "look-up of the first valid probe shows that the server stores dry runs. That the look-up finds nothing proves it only if "
        + "--allow-writes shows that it finds what is stored. Exit code 0: all claims agree; 1: something differs or did not respond; "
        + "2: wrong usage.";

    public static Command Create()
    {
        var account = new AccountArguments();
        Option<int> timeout = new("--timeout")
        {
            HelpName = "SECONDS",
            Description = "The longest time for one probe",
            DefaultValueFactory = _ => 30,
        };
        Option<bool> allowWrites = new("--allow-writes")
        {
            Description =
                "Also send the probes that the account stores: a profile with a made-up identity, which is deleted again, and "
                + "an unsubscribed address check@example.com",
        };
        Option<bool> json = new("--json")
        {
            Description = "Write one JSON object a line (the run, each claim, the summary), without credentials, to attach to a bug report",
        };

        var command = new Command("check-account", Description);
        account.AddTo(command);
        command.Options.Add(timeout);
        command.Options.Add(allowWrites);
        command.Options.Add(json);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                Account read =
                    account.Read(parsed, config: null)
                    ?? throw new WrongUsageException(
                        $"check-account needs an account: --account-id or {AccountArguments.AccountIdVariable}"
                    );
                using var sender = new ProbeSender(
                    read,
                    account.ReadEndpoint(parsed),
                    TimeSpan.FromSeconds(parsed.GetValue(timeout)),
                    TimeProvider.System
                );
                return await RunAsync(sender, parsed.GetValue(allowWrites), parsed.GetValue(json), cancellationToken);
            }
        );
        return command;
    }

    private static async Task<int> RunAsync(ProbeSender sender, bool allowWrites, bool json, CancellationToken cancellationToken)
    {
        var check = new AccountCheck(sender, allowWrites, TimeProvider.System);
        ICheckPrinter printer = CreatePrinter(check, sender, allowWrites, json);
        CheckReport report = await ShowProgressAsync(progress =>
            check.RunAsync(
                ClaimTable.All,
                result =>
                {
                    printer.Add(result);
                    progress();
                },
                cancellationToken
            )
        );
        if (report.Results.Count > 0 || json)
        {
            printer.Finish(report);
        }

        if (report.StopReason is { } reason)
        {
            await Console.Error.WriteLineAsync($"{reason}.");
        }

        return report.ExitCode;
    }

    private static ICheckPrinter CreatePrinter(AccountCheck check, ProbeSender sender, bool allowWrites, bool json)
    {
        if (json)
        {
            return new JsonPrinter(Console.Out, sender.Endpoint, check.User, allowWrites, TimeProvider.System.GetUtcNow());
        }

        return Console.IsOutputRedirected ? new PlainPrinter(Console.Out) : new TerminalPrinter(AnsiConsole.Console);
    }

    /// <summary>Runs the check under a progress bar, if there is a terminal to show it that shows nothing else meanwhile.</summary>
    private static async Task<CheckReport> ShowProgressAsync(Func<Action, Task<CheckReport>> run)
    {
        if (Console.IsErrorRedirected)
        {
            return await run(static () => { });
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console
            .Progress()
            .AutoClear(true)
            .StartAsync(context =>
            {
                ProgressTask task = context.AddTask("Probes", maxValue: ClaimTable.All.Count);
                return run(() => task.Increment(1));
            });
    }
}
