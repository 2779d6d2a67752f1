using System.Globalization;
using System.Net;
using System.Text;

namespace CleverTap.Rudder.Tool.Compare;

/// <summary>Writes a comparison as one HTML page that needs no other file.</summary>
internal static class ComparisonPage
{
    private const string Head = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>RudderStack to CleverTap: what changes</title>
        <style>
        :root { color-scheme: light dark; }
        body { font: 15px/1.5 system-ui, sans-serif; max-width: 80rem; margin: 2rem auto; padding: 0 1rem; }
        table { border-collapse: collapse; width: 100%; margin-bottom: 2rem; }
        th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid #8884; overflow-wrap: anywhere; }
        th { position: sticky; top: 0; background: Canvas; }
        td:first-child, th:first-child, td:last-child, th:last-child { text-align: right; white-space: nowrap; }
        tr:hover td { background: #8881; }
        .summary { font-size: 1.2rem; }
        </style>
        </head>
        <body>
        """;

    public static string Write(Comparison comparison, string source)
    {
        var page = new StringBuilder(Head).AppendLine();
        page.AppendLine("<h1>RudderStack to CleverTap: what changes</h1>");
        page.Append(CultureInfo.InvariantCulture, $"<p class=\"summary\">{Encode(ComparisonTables.Summarize(comparison))}</p>")
            .AppendLine();
        page.Append(
                CultureInfo.InvariantCulture,
                $"<p>Input: {Encode(source)}. <b>RudderTransformer</b> is what RudderStack's hosted transformer sends; <b>Default</b> is the "
            )
            .AppendLine("recommended mapping. Each row counts events, and shows the first one, with values shortened.</p>");
        WriteTable(page, "Fields", ComparisonTables.FieldHeaders, [.. ComparisonTables.FieldRows(comparison)]);
        WriteTable(page, "Events that only one mapping sends", ComparisonTables.EventHeaders, [.. ComparisonTables.EventRows(comparison)]);
        if (comparison.Others > 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p>And {comparison.Others:N0} other differences.</p>").AppendLine();
        }

        return page.AppendLine("</body>").AppendLine("</html>").ToString();
    }

    private static void WriteTable(StringBuilder page, string heading, string[] headers, string[][] rows)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2>{Encode(heading)}</h2>").AppendLine();
        if (rows.Length == 0)
        {
            page.AppendLine("<p>None.</p>");
            return;
        }

        page.AppendLine("<table>").Append("<thead>");
        WriteRow(page, "th", headers);
        page.AppendLine("</thead>").AppendLine("<tbody>");
        foreach (string[] row in rows)
        {
            WriteRow(page, "td", row);
        }

        page.AppendLine("</tbody>").AppendLine("</table>");
    }

    private static void WriteRow(StringBuilder page, string element, string[] cells)
    {
        page.Append("<tr>");
        foreach (string cell in cells)
        {
            page.Append(CultureInfo.InvariantCulture, $"<{element}>{Encode(cell)}</{element}>");
        }

        page.AppendLine("</tr>");
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
