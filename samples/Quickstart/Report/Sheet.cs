using System.Text;
using Spectre.Console;

namespace Quickstart;

/// <summary>A table that is printed as its rows come: the widths of its columns are settled by the first of them.</summary>
internal sealed class Sheet(params string[] headers)
{
    private const int MaxWidth = 48;

    private int[]? widths;

    public IReadOnlyList<string> Headers { get; } = headers;

    /// <summary>Whether rows, and so the headers, were printed before.</summary>
    public bool IsBegun => widths is not null;

    public IReadOnlyList<int> WidthsFor(IReadOnlyList<Cell[]> rows) => widths ??= [.. Headers.Select((_, column) => WidthOf(rows, column))];

    /// <summary>How many places a text takes on a terminal, where some letters take two.</summary>
    public static int WidthOf(string text) => Ascii.IsValid(text) ? text.Length : text.GetCellWidth();

    private int WidthOf(IReadOnlyList<Cell[]> rows, int column) =>
        Math.Min(MaxWidth, rows.Select(row => WidthOf(row[column].Text)).Append(Headers[column].Length).Max());
}
