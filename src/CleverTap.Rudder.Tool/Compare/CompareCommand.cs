using System.CommandLine;
using CleverTap.Rudder.Internal.Options;
using CleverTap.Rudder.Tool.CommandLine;
using CleverTap.Rudder.Tool.Input;
using CleverTap.Rudder.Tool.Output;

namespace CleverTap.Rudder.Tool.Compare;

/// <summary><c>compare</c>: shows what changes on the user's events between the two presets.</summary>
internal static class CompareCommand
{
    private const int MaxRows = 100;

    public static Command Create()
    {
        var command = new Command("compare", "Show what changes on your events between RudderStack's hosted transformer and Default");
        Argument<string?> file = InputArguments.CreateFile();
        MappingArguments mapping = new();
        Option<string?> html = new("--html") { HelpName = "FILE", Description = "Also write the report as one HTML page" };
        Option<bool> json = InputArguments.CreateJson("Write one line of JSON for each difference of each event");
        command.Arguments.Add(file);
        mapping.AddTo(command, hasPreset: false);
        command.Options.Add(html);
        command.Options.Add(json);
        command.SetAction(
            (parsed, token) =>
            {
                RudderDestinationConfig? config = mapping.ReadConfig(parsed);
                var comparison = new Comparison(
                    mapping.Read(parsed, MappingPreset.RudderTransformer, config),
                    mapping.Read(parsed, MappingPreset.Default, config)
                );
                return RunAsync(comparison, parsed.GetValue(file), parsed.GetValue(html), parsed.GetValue(json), token);
            }
        );
        return command;
    }

    private static async Task<int> RunAsync(
        Comparison comparison,
        string? file,
        string? htmlPath,
        bool isJson,
        CancellationToken cancellationToken
    )
    {
        using InputFile input = InputFile.Open(file);
        using StreamWriter? page = htmlPath is null ? null : CreatePage(htmlPath);
        using Screen screen = Screen.Open();
        string? end = await ProgressDisplay.RunAsync(
            isJson && screen.Terminal is not null ? null : ProgressDisplay.StandardError(),
            input,
            report => ReadAsync(comparison, input, isJson ? screen : null, report, cancellationToken)
        );
        page?.Write(ComparisonPage.Write(comparison, input.Name));
        if (!isJson)
        {
            Write(screen, comparison);
        }

        if (end is not null)
        {
            await Console.Error.WriteLineAsync(end);
        }

        return end is null && comparison.Events == comparison.Same + comparison.Unreadable ? ExitCode.Done : ExitCode.Unfinished;
    }

    /// <summary>Compares all events. Returns why it ended early; null if it did not.</summary>
    private static async Task<string?> ReadAsync(
        Comparison comparison,
        InputFile input,
        Screen? jsonLines,
        Action<long> report,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var reader = new InputReader(input);
            while (await reader.ReadAsync(cancellationToken) is { } line)
            {
                foreach ((Difference difference, string option) in comparison.Add(line))
                {
                    jsonLines?.Line(ToJson(line, difference, option));
                }

                report(comparison.Events);
            }

            return null;
        }
        catch (OperationCanceledException)
        {
            return $"Stopped after {comparison.Events} events.";
        }
        catch (InputException exception)
        {
            return $"The run broke off: {exception.Message}.";
        }
    }

    private static string ToJson(InputLine line, Difference difference, string option) =>
        JsonText.Write(json =>
        {
            json.WriteNumber("index", line.Index);
            json.WriteNumber("line", line.Line);
            json.WriteString("kind", difference.Key.Kind.ToString());
            json.WriteString("record", difference.Key.Record);
            json.WriteString("field", difference.Key.Field);
            json.WriteString("rudderTransformer", difference.Before);
            json.WriteString("default", difference.After);
            json.WriteString("option", option);
        });

    private static void Write(Screen screen, Comparison comparison)
    {
        screen.Line(ComparisonTables.Summarize(comparison), Styles.Strong);
        WriteTable(screen, "Fields", ComparisonTables.FieldHeaders, [.. ComparisonTables.FieldRows(comparison)]);
        WriteTable(
            screen,
            "Events that only one mapping sends",
            ComparisonTables.EventHeaders,
            [.. ComparisonTables.EventRows(comparison)]
        );
        if (comparison.Others > 0)
        {
            screen.Line($"And {comparison.Others} other differences.");
        }
    }

    private static void WriteTable(Screen screen, string heading, string[] headers, string[][] rows)
    {
        if (rows.Length == 0)
        {
            return;
        }

        screen.Heading(heading);
        screen.Table(headers, rows.Take(MaxRows).Select(row => Array.ConvertAll(row, cell => new Cell(cell))));
        if (rows.Length > MaxRows)
        {
            screen.Line($"And {rows.Length - MaxRows} more rows: see --json or --html.", Styles.Quiet);
        }
    }

    /// <summary>Creates the page at once, so that a path that cannot be written is reported before the work.</summary>
    private static StreamWriter CreatePage(string path)
    {
        try
        {
            return new StreamWriter(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new WrongUsageException($"--html cannot be written: {path}");
        }
    }
}
