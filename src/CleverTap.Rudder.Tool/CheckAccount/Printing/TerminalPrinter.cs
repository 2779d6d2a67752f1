using CleverTap.Rudder.Tool.CheckAccount.Claims;
using Spectre.Console;

namespace CleverTap.Rudder.Tool.CheckAccount.Printing;

/// <summary>Prints a table of all claims at the end of the run.</summary>
internal sealed class TerminalPrinter(IAnsiConsole console) : ICheckPrinter
{
    public void Add(ClaimResult result) { }

    public void Finish(CheckReport report)
    {
        Table table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey).ShowRowSeparators();
        table.AddColumns("", "Claim", "Expected", "Actual", "Used in");
        foreach (ClaimResult result in report.Results)
        {
            Style style = StyleOf(result.Finding.Verdict);
            table.AddRow(
                new Text(Words.For(result.Finding.Verdict), style),
                new Text($"{Words.Statement(result.Claim)}\n{result.Claim.Id}"),
                new Text(result.Claim.Probe.Expected),
                new Text(result.Finding.Actual, style),
                new Text(string.Join('\n', result.Claim.UsedIn), new Style(Color.Grey))
            );
        }

        console.Write(table);
        foreach (string line in Words.NoProbe)
        {
            console.Write(new Text($"{line}\n", new Style(Color.Grey)));
        }

        foreach (string line in Words.Summary(report))
        {
            console.Write(new Text($"{line}\n", new Style(decoration: Decoration.Bold)));
        }
    }

    private static Style StyleOf(Verdict verdict) =>
        verdict switch
        {
            Verdict.Agrees => new Style(Color.Green),
            Verdict.NotShown => new Style(Color.Grey),
            _ => new Style(Color.Red),
        };
}
