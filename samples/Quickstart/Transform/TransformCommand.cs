namespace Quickstart;

/// <summary><c>--transform</c>: one line out for each line in, and nothing else.</summary>
internal static class TransformCommand
{
    private const int FlushBytes = 64 * 1024;

    public static async Task<int> RunAsync(Settings settings, InputFile input, CancellationToken cancellationToken)
    {
        var reader = new InputReader(input.Stream);
        using var results = new ResultWriter(new Transformers(settings.Mapping));
        using var progress = new Progress(input.Length, isShown: Console.IsOutputRedirected);
        await using Stream output = Console.OpenStandardOutput();
        try
        {
            while (true)
            {
                // Whoever feeds us line by line gets its answers line by line.
                ValueTask<InputLine?> next = reader.ReadAsync(cancellationToken);
                if (!next.IsCompleted)
                {
                    await FlushAsync();
                }

                if (await next is not { } line)
                {
                    break;
                }

                results.Write(line);
                progress.Report(reader.BytesRead, reader.Count);
                if (results.Written.Length >= FlushBytes)
                {
                    await FlushAsync();
                }
            }

            await FlushAsync();
            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            await FlushAsync();
            progress.Clear();
            await Console.Error.WriteLineAsync($"Stopped after line {reader.Count}.");
            return ExitCode.Unfinished;
        }

        async Task FlushAsync()
        {
            await output.WriteAsync(results.Written, CancellationToken.None);
            results.Clear();
        }
    }
}
