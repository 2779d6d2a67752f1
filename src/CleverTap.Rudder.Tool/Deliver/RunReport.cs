using System.Diagnostics;
using System.Globalization;
using CleverTap.Rudder;

namespace Quickstart;

/// <summary>Tells of a run as it goes, and sums it up.</summary>
internal sealed class RunReport(IPrinter printer, Progress progress)
{
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly Sheet sheet = OutcomeRow.NewSheet();
    private readonly WarningTally warnings = new();

    public OutcomeTally Tally { get; } = new();

    /// <summary>How much of the input was read when it was last told.</summary>
    public long BytesRead { get; private set; }

    public void Start(Settings settings, InputFile input, bool isEmulated)
    {
        printer.Line($"RudderStack events to CleverTap: {input.Name}", Tone.Strong);
        printer.Line(
            isEmulated
                ? $"Delivered to the CleverTap emulator in this process, {settings.Endpoint}"
                : $"Delivered to CleverTap {Target(settings)}"
        );
        if (settings.DryRun)
        {
            printer.Line("Dry run: CleverTap checks the records and stores nothing.");
        }

        printer.Heading("Events");
        printer.Flush();
    }

    public void Add(IReadOnlyList<LineOutcome> outcomes, long bytesRead)
    {
        BytesRead = bytesRead;
        long rowsLeft = Math.Max(0, printer.MaxRows - Tally.Total);
        List<Cell[]> rows = [];
        for (int i = 0; i < outcomes.Count; i++)
        {
            LineOutcome line = outcomes[i];
            Tally.Add(line.Outcome.Kind);
            foreach (CleverTapWarning warning in line.Outcome.Warnings)
            {
                warnings.Add(line.Number, warning);
            }

            if (i < rowsLeft || line.Outcome.Kind != OutcomeKind.Delivered)
            {
                rows.Add(OutcomeRow.Of(line));
            }
        }

        if (rows.Count > 0)
        {
            progress.Clear();
            printer.Rows(sheet, rows);
        }

        if (rowsLeft > 0 && rowsLeft < outcomes.Count)
        {
            printer.Line("From here on only what was not delivered; a pipe or a file gets every line.", Tone.Quiet);
        }

        printer.Flush();
        progress.Report(bytesRead, Tally.Total);
    }

    /// <summary>After the last line: what is worth a look though it was sent.</summary>
    public void Warnings()
    {
        progress.Clear();
        if (warnings.IsEmpty)
        {
            return;
        }

        printer.Heading("Warnings");
        printer.Rows(new Sheet("line", "code", "field", "message"), warnings.Rows());
        if (warnings.Others > 0)
        {
            printer.Line(string.Create(CultureInfo.InvariantCulture, $"and {warnings.Others:N0} of other kinds"));
        }
    }

    public void Summary(bool isStopped, bool isBundled)
    {
        printer.Heading("Summary");
        if (Tally.Total > 0)
        {
            printer.Rows(new Sheet("outcome", "events"), [.. Enum.GetValues<OutcomeKind>().Where(kind => Tally[kind] > 0).Select(SumOf)]);
        }

        printer.Line(
            Tally.Total == 0
                ? "No events."
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Tally.Total:N0} lines in {clock.Elapsed.TotalSeconds:N1} s, one outcome each."
                )
        );
        if (isStopped)
        {
            printer.Line("Stopped before the end of the input.", Tone.Bad);
        }

        if (isBundled)
        {
            printer.Line(
                "Your own events: --input events.ndjson; what they become, without delivery: --transform; more: --help",
                Tone.Quiet
            );
        }

        printer.Flush();
    }

    private static string Target(Settings settings) =>
        string.Join(
            " ",
            new[]
            {
                settings.Account is { } account ? $"account {account.Id}" : "accounts of the lines",
                settings.Endpoint is { } endpoint ? $"at {endpoint}" : null,
            }.OfType<string>()
        );

    private Cell[] SumOf(OutcomeKind kind) =>
        [
            kind.ToString().ToLowerInvariant(),
            new(
                Tally[kind].ToString("N0", CultureInfo.InvariantCulture),
                kind switch
                {
                    OutcomeKind.Delivered => Tone.Good,
                    OutcomeKind.Filtered => Tone.Quiet,
                    OutcomeKind.Invalid => Tone.Doubtful,
                    _ => Tone.Bad,
                }
            ),
        ];
}
