using System.CommandLine;
using CleverTap.Rudder.Tool.CommandLine;
using CleverTap.Rudder.Tool.Input;
using CleverTap.Rudder.Tool.Output;

namespace CleverTap.Rudder.Tool.Transform;

/// <summary><c>transform</c>: writes one line of JSON for each event, and delivers nothing.</summary>
internal static class TransformCommand
{
    private const int FlushBytes = 64 * 1024;

    public static Command Create()
    {
        var command = new Command("transform", "Write what each event becomes, as one line of JSON, and deliver nothing");
        Argument<string?> file = InputArguments.CreateFile();
        MappingArguments mapping = new();
        command.Arguments.Add(file);
        mapping.AddTo(command);
        command.Options.Add(InputArguments.CreateJson("Has no effect: the output is always JSON, one result a line"));
        command.SetAction((parsed, token) => RunAsync(mapping.Read(parsed), parsed.GetValue(file), token));
        return command;
    }

    private static async Task<int> RunAsync(MappingOptions mapping, string? file, CancellationToken cancellationToken)
    {
        using InputFile input = InputFile.Open(file);
        return await ProgressDisplay.RunAsync(
            Console.IsOutputRedirected ? ProgressDisplay.StandardError() : null,
            input,
            report => TransformAsync(mapping, input, report, cancellationToken)
        );
    }

    private static async Task<int> TransformAsync(
        MappingOptions mapping,
        InputFile input,
        Action<long> report,
        CancellationToken cancellationToken
    )
    {
        using var results = new ResultWriter(new Transformers(mapping));
        await using Stream output = StandardOutput.Open();
        long count = 0;
        try
        {
            var reader = new InputReader(input);
            while (true)
            {
                // A caller who feeds line by line gets results line by line.
                ValueTask<InputLine?> next = reader.ReadAsync(cancellationToken);
                if (!next.IsCompleted || results.Written.Length >= FlushBytes)
                {
                    await FlushAsync();
                }

                if (await next is not { } line)
                {
                    return ExitCode.Done;
                }

                results.Write(line);
                report(++count);
            }
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"Stopped after {count} events.");
            return ExitCode.Unfinished;
        }
        finally
        {
            await FlushAsync();
        }

        async Task FlushAsync()
        {
            await output.WriteAsync(results.Written, CancellationToken.None);
            results.Clear();
        }
    }
}
