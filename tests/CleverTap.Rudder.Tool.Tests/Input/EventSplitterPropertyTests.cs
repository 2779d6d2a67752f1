using System.Text;
using CleverTap.Rudder.Tool.Input;
using CsCheck;

namespace CleverTap.Rudder.Tests.Tool.Input;

/// <summary>However a text arrives, its parts are the same.</summary>
public sealed class EventSplitterPropertyTests
{
    private static readonly string[] Values =
    [
        "{}",
        """{"a":"b"}""",
        """{"a":[1,{"b":"]}"}],"c":"\\"}""",
        """{"a":"\"{["}""",
        """{"long":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}""",
        "7",
        "true",
        "\"text, with ] and }\"",
    ];

    private static readonly Gen<string> Value = Gen.Int[0, Values.Length - 1].Select(index => Values[index]);

    private static readonly Gen<(string[] Values, int Chunk)> Cases = Gen.Select(Value.Array[1, 20], Gen.Int[1, 40]);

    [Test]
    public void Lines_are_the_same_whatever_the_chunks() =>
        Cases.Sample((values, chunk) => Split(string.Join('\n', values), chunk).SequenceEqual(values));

    [Test]
    public void Elements_of_an_array_are_the_same_whatever_the_chunks() =>
        Cases.Sample((values, chunk) => Split($"[{string.Join(" ,\n", values)}\n]", chunk).SequenceEqual(values));

    private static List<string> Split(string text, int chunk)
    {
        var splitter = new EventSplitter(new ChunkedStream(Encoding.UTF8.GetBytes(text), chunk));
        List<string> parts = [];
        while (splitter.ReadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult() is { } part)
        {
            parts.Add(Encoding.UTF8.GetString(part.Bytes.Span));
        }

        return parts;
    }

    /// <summary>A stream that returns at most a number of bytes at a time.</summary>
    private sealed class ChunkedStream(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(chunk, buffer.Length)], cancellationToken);
    }
}
