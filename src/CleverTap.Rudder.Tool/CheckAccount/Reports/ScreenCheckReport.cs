using System.Globalization;
using CleverTap.Rudder.Tool.Output;
using Spectre.Console;

namespace CleverTap.Rudder.Tool.CheckAccount;

/// <summary>Reports for people: a table at the end of the run on a terminal, one line for each claim at once elsewhere.</summary>
internal sealed class ScreenCheckReport(Screen screen, AccountCheck check) : ICheckReport
{
    private const int StatusWidth = 11;

    private static readonly string[] Headers = ["", "Claim", "Expected", "Actual", "Used in"];

    public void Add(ClaimResult result)
    {
        if (screen.Terminal is not null)
        {
            return;
        }

        string status = NameOf(result.Finding.Status).PadRight(StatusWidth);
        string usedIn = string.Join(", ", result.Claim.UsedIn);
        screen.Line(
            $"{status} {result.Claim.Id}: {Statement(result.Claim)}. "
                + $"Expected: {result.Claim.Probe.Expected}. Actual: {result.Finding.Actual}. Used in: {usedIn}"
        );
        screen.Flush();
    }

    public void Finish(CheckResults results)
    {
        if (screen.Terminal is not null)
        {
            screen.Table(Headers, results.All.Select(RowOf));
        }

        screen.Heading("No probe shows");
        foreach (Unprobed rule in Unprobed.All)
        {
            screen.Line($"{rule.Rule}: {rule.Reason}", Styles.Quiet);
        }

        screen.Heading(Summarize(results));
        screen.Line($"Probed {check.Endpoint} with the made-up user {check.User}");
        if (results.Left.Count > 0)
        {
            screen.Line($"Left: {string.Join(", ", results.Left.Select(claim => claim.Id))}");
        }

        screen.Flush();
    }

    public void Dispose() => screen.Dispose();

    private static Cell[] RowOf(ClaimResult result)
    {
        Style style = StyleOf(result.Finding.Status);
        return
        [
            new Cell(NameOf(result.Finding.Status), style),
            $"{result.Claim.Id}\n{Statement(result.Claim)}",
            result.Claim.Probe.Expected,
            new Cell(result.Finding.Actual, style),
            new Cell(string.Join('\n', result.Claim.UsedIn), Styles.Quiet),
        ];
    }

    private static string Statement(Claim claim) => claim.Grade == Grade.Unsure ? $"{claim.Statement} (unsure)" : claim.Statement;

    private static string Summarize(CheckResults results) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{results.All.Count + results.Left.Count} claims: {results.Count(ClaimStatus.Agrees)} agree, "
                + $"{results.Count(ClaimStatus.Differs)} differ, {results.Count(ClaimStatus.NoResponse)} without a response, {results.Count(ClaimStatus.NotShown)} not shown"
        );

    private static string NameOf(ClaimStatus status) =>
        status switch
        {
            ClaimStatus.Agrees => "agrees",
            ClaimStatus.Differs => "differs",
            ClaimStatus.NoResponse => "no response",
            _ => "not shown",
        };

    private static Style StyleOf(ClaimStatus status) =>
        status switch
        {
            ClaimStatus.Agrees => Styles.Good,
            ClaimStatus.NotShown => Styles.Quiet,
            _ => Styles.Bad,
        };
}
