namespace CleverTap.Rudder.Tool.CheckAccount.Printing;

/// <summary>Prints one line for each claim as it is probed, for a pipe or a file.</summary>
internal sealed class PlainPrinter(TextWriter output) : ICheckPrinter
{
    private const int VerdictWidth = 11;

    public void Add(ClaimResult result)
    {
        string verdict = Words.For(result.Finding.Verdict).PadRight(VerdictWidth);
        string usedIn = string.Join(", ", result.Claim.UsedIn);
        output.WriteLine(
            $"{verdict} {result.Claim.Id}: {Words.Statement(result.Claim)}. "
                + $"Expected: {result.Claim.Probe.Expected}. Actual: {result.Finding.Actual}. Used in: {usedIn}"
        );
        output.Flush();
    }

    public void Finish(CheckReport report)
    {
        foreach (string line in (string[])[.. Words.NoProbe, .. Words.Summary(report)])
        {
            output.WriteLine(line);
        }

        output.Flush();
    }
}
