namespace Quickstart;

/// <summary>Where the events come from.</summary>
internal sealed class InputFile : IDisposable
{
    private const string BundledEvents = "events.ndjson";

    private InputFile(Stream stream, string name)
    {
        Stream = stream;
        Name = name;
    }

    public Stream Stream { get; }

    public string Name { get; }

    /// <summary>Whether these are the sample's own events.</summary>
    public bool IsBundled { get; private init; }

    /// <summary>Null where it is not known beforehand: of a pipe.</summary>
    public long? Length => Stream.CanSeek ? Stream.Length : null;

    public static InputFile Open(string? input)
    {
        if (input == "-")
        {
            return new InputFile(Console.OpenStandardInput(), "standard input");
        }

        if (input is null)
        {
            return new InputFile(OpenFile(Path.Combine(AppContext.BaseDirectory, BundledEvents)), "the guide's sample calls")
            {
                IsBundled = true,
            };
        }

        try
        {
            return new InputFile(OpenFile(input), input);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new WrongUsageException(
                Directory.Exists(input) ? $"--input is a directory, not a file: {input}"
                : File.Exists(input) ? $"--input cannot be read: {input}"
                : $"--input names no file: {input}"
            );
        }
    }

    /// <summary>Nothing to read: what is to be delivered is in an outbox.</summary>
    public static InputFile Outbox(string path) => new(Stream.Null, $"what is left in the outbox {path}");

    public void Dispose() => Stream.Dispose();

    /// <summary>Unbuffered: the lines are cut in a buffer of our own.</summary>
    private static FileStream OpenFile(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
}
