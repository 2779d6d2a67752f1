using Spectre.Console;

namespace Quickstart;

/// <summary>Colours and boxes, for somebody who looks on.</summary>
internal sealed class TerminalPrinter(IAnsiConsole console) : IPrinter
{
    public long MaxRows => 300;

    public void Heading(string text)
    {
        console.WriteLine();
        console.Write(new Text(text + "\n", new Style(Color.Aqua, decoration: Decoration.Bold)));
    }

    public void Line(string text, Tone tone = Tone.Plain) => console.Write(new Text(text + "\n", StyleOf(tone)));

    public void Rows(Sheet sheet, IReadOnlyList<Cell[]> rows)
    {
        Table table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        if (sheet.IsBegun)
        {
            table.HideHeaders();
        }

        IReadOnlyList<int> widths = sheet.WidthsFor(rows);
        for (int column = 0; column < widths.Count; column++)
        {
            var header = new TableColumn(new Text(sheet.Headers[column], StyleOf(Tone.Strong)));
            if (column < widths.Count - 1)
            {
                header.Width(widths[column]);
            }

            table.AddColumn(header);
        }

        foreach (Cell[] row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell.Text, StyleOf(cell.Tone))));
        }

        console.Write(table);
    }

    public void Flush() { }

    public void Dispose() { }

    private static Style StyleOf(Tone tone) =>
        tone switch
        {
            Tone.Quiet => new Style(Color.Grey),
            Tone.Strong => new Style(decoration: Decoration.Bold),
            Tone.Good => new Style(Color.Green),
            Tone.Doubtful => new Style(Color.Yellow),
            Tone.Bad => new Style(Color.Red),
            _ => Style.Plain,
        };
}
