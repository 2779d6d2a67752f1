using System.CommandLine;
using CleverTap.Rudder.Tool.Output;
using Spectre.Console;

namespace CleverTap.Rudder.Tool.CheckAccount;

/// <summary><c>check-account</c>: compares what the library claims about CleverTap with the responses of an account.</summary>
internal static class CheckAccountCommand
{
    private const string Description =
        "Probe an account by dry run, and compare it with what the library relies on. The run ends if a look-up finds what its first valid "
        + "dry run sent; that a look-up finds nothing proves little without --allow-writes";

    public static Command Create()
    {
        var command = new Command("check-account", Description);
        CheckAccountArguments arguments = new(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using ProbeSender sender = arguments.CreateSender(parsed);
                var check = new AccountCheck(sender, arguments.AllowsWrites(parsed), TimeProvider.System);
                return await RunAsync(check, arguments.IsJson(parsed), cancellationToken);
            }
        );
        return command;
    }

    private static async Task<int> RunAsync(AccountCheck check, bool isJson, CancellationToken cancellationToken)
    {
        using Screen? screen = isJson ? null : Screen.Open();
        using ICheckReport report = screen is null
            ? new JsonCheckReport(new StreamWriter(StandardOutput.Open()) { NewLine = "\n" }, check, TimeProvider.System.GetUtcNow())
            : new ScreenCheckReport(screen, check);
        CheckResults results = await ShowProgressAsync(
            screen?.Terminal ?? ProgressDisplay.StandardError(),
            progress => check.RunAsync(ClaimTable.All, report.Add + progress, cancellationToken)
        );
        if (results.All.Count > 0 || isJson)
        {
            report.Finish(results);
        }

        if (results.StopReason is { } reason)
        {
            await Console.Error.WriteLineAsync($"{reason}.");
        }

        return results.ExitCode;
    }

    private static async Task<CheckResults> ShowProgressAsync(IAnsiConsole? console, Func<Action<ClaimResult>, Task<CheckResults>> run)
    {
        if (console is null)
        {
            return await run(static _ => { });
        }

        return await console
            .Progress()
            .AutoClear(true)
            .StartAsync(context =>
            {
                ProgressTask task = context.AddTask("Probes", maxValue: ClaimTable.All.Count);
                return run(_ => task.Increment(1));
            });
    }
}
