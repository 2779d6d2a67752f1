using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Text;
using CleverTap.Rudder.Tool.CommandLine;

namespace CleverTap.Rudder.Tool.Input;

/// <summary>The input of a command: a file or standard input, as UTF-8 text. Gzip and UTF-16 are recognised by their first bytes.</summary>
internal sealed class InputFile : IDisposable
{
    private const int BufferSize = 128 * 1024;

    private readonly Stream source;

    private InputFile(Stream source, string name)
    {
        this.source = source;
        Name = name;
    }

    public string Name { get; }

    /// <summary>The size of the file in bytes; null for a pipe.</summary>
    public long? Length => source.CanSeek ? source.Length : null;

    /// <summary>The number of bytes of the file that were read; null for a pipe.</summary>
    public long? Position => source.CanSeek ? source.Position : null;

    /// <summary>Opens a file, or standard input if the path is null or <c>-</c>.</summary>
    /// <exception cref="WrongUsageException">The file cannot be read, or standard input is closed.</exception>
    public static InputFile Open(string? path)
    {
        if (path is null or InputArguments.StandardInput)
        {
            return new InputFile(StandardInput.Open(), "standard input");
        }

        try
        {
            return new InputFile(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0), path);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new WrongUsageException(Explain(path));
        }
    }

    /// <summary>Opens the text: without compression, in UTF-8.</summary>
    /// <exception cref="InputException">The compression is damaged.</exception>
    public async Task<Stream> OpenTextAsync(CancellationToken cancellationToken)
    {
        (Stream stream, byte[] first) = await PeekAsync(source, cancellationToken);
        if (first is [0x1F, 0x8B, ..])
        {
            try
            {
                (stream, first) = await PeekAsync(new GZipStream(stream, CompressionMode.Decompress), cancellationToken);
            }
            catch (InvalidDataException exception)
            {
                throw new InputException("the gzip data is damaged", exception);
            }
        }

        Encoding? encoding = first switch
        {
            [0xFF, 0xFE, ..] => Encoding.Unicode,
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
            _ => null,
        };
        return encoding is null ? stream : Encoding.CreateTranscodingStream(stream, encoding, Encoding.UTF8);
    }

    public void Dispose() => source.Dispose();

    /// <summary>Reads the first bytes, and returns them with a stream that begins with them again.</summary>
    private static async Task<(Stream Stream, byte[] First)> PeekAsync(Stream stream, CancellationToken cancellationToken)
    {
        PipeReader pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: BufferSize));

        // The read of a pipe or terminal does not listen to the token.
        ReadResult result = await pipe.ReadAtLeastAsync(2, CancellationToken.None).AsTask().WaitAsync(cancellationToken);
        byte[] first = result.Buffer.Slice(0, Math.Min(2, result.Buffer.Length)).ToArray();
        pipe.AdvanceTo(result.Buffer.Start);
        return (pipe.AsStream(), first);
    }

    private static string Explain(string path) =>
        Directory.Exists(path) ? $"The input is a directory, not a file: {path}"
        : File.Exists(path) ? $"The input cannot be read: {path}"
        : $"The input does not exist: {path}";
}
