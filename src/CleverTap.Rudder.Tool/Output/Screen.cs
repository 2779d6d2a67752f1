using System.Text;
using Spectre.Console;

namespace CleverTap.Rudder.Tool.Output;

/// <summary>Standard output for people: colours and boxes on a terminal, plain text that is never cut or wrapped elsewhere.</summary>
internal sealed class Screen : IDisposable
{
    private const int Gap = 2;

    private readonly TextWriter writer;

    /// <summary>Creates a screen that writes to a terminal, or else to a writer.</summary>
    public Screen(TextWriter writer, IAnsiConsole? terminal)
    {
        this.writer = writer;
        Terminal = terminal;
    }

    /// <summary>Gets the terminal; null if standard output is a pipe or file.</summary>
    public IAnsiConsole? Terminal { get; }

    public static Screen Open()
    {
        if (Console.IsOutputRedirected)
        {
            var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
            return new Screen(new StreamWriter(StandardOutput.Open(), utf8, bufferSize: 64 * 1024) { NewLine = "\n" }, terminal: null);
        }

        Console.OutputEncoding = Encoding.UTF8;
        return new Screen(TextWriter.Null, AnsiConsole.Console);
    }

    public void Heading(string text)
    {
        Line("");
        Line(text, Styles.Heading);
    }

    public void Line(string text, Style? style = null)
    {
        Terminal?.Write(new Text(text + "\n", style));
        writer.WriteLine(text);
    }

    /// <summary>Writes a table that fits its rows.</summary>
    public void Table(string[] headers, IEnumerable<Cell[]> rows)
    {
        Cell[][] all =
        [
            [.. headers.Select(header => new Cell(header, Styles.Strong))],
            .. rows,
        ];
        if (Terminal is not null)
        {
            WriteBox(Terminal, all);
            return;
        }

        int[] widths = [.. headers.Select((_, column) => all.Max(row => row[column].Text.GetCellWidth()))];
        foreach (Cell[] row in all)
        {
            Row(widths, row);
        }
    }

    /// <summary>Writes one row of a table whose end is not known: each cell but the last has a width.</summary>
    public void Row(ReadOnlySpan<int> widths, ReadOnlySpan<Cell> cells)
    {
        int last = cells.Length - 1;
        while (last > 0 && cells[last].Text.Length == 0)
        {
            last--;
        }

        for (int column = 0; column <= last; column++)
        {
            string text = cells[column].Text;
            string end = column == last ? "\n" : new string(' ', Math.Max(0, widths[column] - text.GetCellWidth()) + Gap);
            Terminal?.Write(new Text(text + end, cells[column].Style));
            writer.Write(text);
            writer.Write(end);
        }
    }

    /// <summary>Shows what was written so far.</summary>
    public void Flush() => writer.Flush();

    public void Dispose() => writer.Dispose();

    private static void WriteBox(IAnsiConsole terminal, Cell[][] rows)
    {
        Table table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        table.AddColumns([.. rows[0].Select(header => new TableColumn(new Text(header.Text, header.Style)))]);
        foreach (Cell[] row in rows.Skip(1))
        {
            table.AddRow(row.Select(cell => new Text(cell.Text, cell.Style)));
        }

        terminal.Write(table);
    }
}
