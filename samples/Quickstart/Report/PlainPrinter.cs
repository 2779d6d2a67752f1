namespace Quickstart;

/// <summary>Text and nothing else, for pipes and files: no colours, no boxes, no line is cut or wrapped.</summary>
internal sealed class PlainPrinter(TextWriter output) : IPrinter
{
    private const int Gap = 2;

    public long MaxRows => long.MaxValue;

    public void Heading(string text)
    {
        output.WriteLine();
        output.WriteLine(text);
    }

    public void Line(string text, Tone tone = Tone.Plain) => output.WriteLine(text);

    public void Rows(Sheet sheet, IReadOnlyList<Cell[]> rows)
    {
        bool isBegun = sheet.IsBegun;
        IReadOnlyList<int> widths = sheet.WidthsFor(rows);
        if (!isBegun)
        {
            Row([.. sheet.Headers.Select(header => new Cell(header))], widths);
        }

        foreach (Cell[] row in rows)
        {
            Row(row, widths);
        }
    }

    public void Flush() => output.Flush();

    public void Dispose() => output.Dispose();

    private void Row(Cell[] row, IReadOnlyList<int> widths)
    {
        int last = Array.FindLastIndex(row, cell => cell.Text.Length > 0);
        for (int column = 0; column <= last; column++)
        {
            string text = row[column].Text;
            output.Write(text);
            int gap = column == last ? 0 : Math.Max(0, widths[column] - Sheet.WidthOf(text)) + Gap;
            for (int i = 0; i < gap; i++)
            {
                output.Write(' ');
            }
        }

        output.WriteLine();
    }
}
