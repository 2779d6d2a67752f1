using System.Globalization;
using CleverTap.Rudder.Tool.Output;

namespace CleverTap.Rudder.Tool.Deliver;

/// <summary>Reports for people: a row for each outcome, then the warnings and the number of outcomes of each kind.</summary>
internal sealed class ScreenDeliveryReport(Screen screen, string heading, string target) : IDeliveryReport
{
    /// <summary>The rows that a reader of a terminal wants to see. Later rows are those of events that were not delivered.</summary>
    private const int MaxRowsOnTerminal = 300;

    private readonly WarningTally warnings = new();
    private long rows;

    public void Start()
    {
        screen.Line(heading, Styles.Strong);
        screen.Line(target);
        screen.Heading("Events");
        OutcomeRow.WriteHeaders(screen);
        screen.Flush();
    }

    public void Add(LineOutcome outcome)
    {
        foreach (CleverTapWarning warning in outcome.Outcome.Warnings)
        {
            warnings.Add(outcome.Line, warning);
        }

        bool isShown = screen.Terminal is null || rows < MaxRowsOnTerminal;
        if (isShown || outcome.Outcome.Kind != OutcomeKind.Delivered)
        {
            OutcomeRow.Write(screen, outcome);
        }

        if (++rows == MaxRowsOnTerminal && screen.Terminal is not null)
        {
            screen.Line("The following rows are events that were not delivered; a pipe or file gets all rows.", Styles.Quiet);
        }
    }

    public void Finish(DeliverySummary summary)
    {
        WriteWarnings();
        screen.Heading("Summary");
        OutcomeTally outcomes = summary.Outcomes;
        if (outcomes.Total > 0)
        {
            screen.Table(["outcome", "events"], [.. Enum.GetValues<OutcomeKind>().Where(kind => outcomes[kind] > 0).Select(Row)]);
        }

        screen.Line(
            outcomes.Total == 0
                ? "No events."
                : Invariant($"{outcomes.Total:N0} events in {summary.Elapsed.TotalSeconds:N1} s, one outcome each.")
        );
        if (summary.Delivery.LastLine is { } line)
        {
            screen.Line(Invariant($"Stopped: line {line:N0} was the last that was delivered or is on disk."), Styles.Bad);
        }

        if (summary.Delivery.Fault is { } fault)
        {
            screen.Line($"The run broke off: {fault}.", Styles.Bad);
        }

        if (summary.Delivery.Outbox is { } outbox)
        {
            screen.Line($"The outbox {outbox} may hold events; --resume delivers them.", Styles.Bad);
        }

        screen.Flush();

        Cell[] Row(OutcomeKind kind) =>
            [kind.ToString().ToLowerInvariant(), new(Invariant($"{outcomes[kind]:N0}"), OutcomeRow.StyleOf(kind))];
    }

    public void Flush() => screen.Flush();

    public void Dispose() { }

    private void WriteWarnings()
    {
        if (warnings.IsEmpty)
        {
            return;
        }

        screen.Heading("Warnings");
        screen.Table(["line", "code", "field", "message"], warnings.Rows());
        if (warnings.Others > 0)
        {
            screen.Line(Invariant($"and {warnings.Others:N0} of other kinds"));
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
