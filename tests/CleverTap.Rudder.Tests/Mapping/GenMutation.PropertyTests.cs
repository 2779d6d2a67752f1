using System.Text;
using CsCheck;

namespace CleverTap.Rudder.Tests.Mapping;

/// <summary>Generates the events of all cases with bytes flipped, removed, inserted or copied from another event.</summary>
internal static class GenMutation
{
    private static readonly byte[][] Corpus = [.. MappingCase.All.Select(one => one.Text).Distinct().Select(Encoding.UTF8.GetBytes)];

    private static readonly string[] Tokens =
    [
        "\"",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\\",
        "\\u",
        "\\ud800",
        "null",
        "1e999",
        "\"type\":\"track\",",
        "\u0000",
        "😀",
    ];

    private static readonly byte[][] Insertions = [.. Tokens.Select(Encoding.UTF8.GetBytes), [0xFF], [0xC3], [0xED, 0xA0, 0x80]];

    private static readonly Gen<byte[]> Original = Gen.OneOf(Corpus);

    private static readonly Gen<Func<byte[], byte[]>[]> Steps = Step().Array[1, 4];

    public static Gen<byte[]> Bytes { get; } = Gen.Select(Original, Steps, Change);

    /// <summary>Generates several such changes of each text, because a text takes longer to generate than a change.</summary>
    public static Gen<byte[][]> SeveralOf(Gen<byte[]> original, int count) =>
        Gen.Select(original, Steps.Array[count], (text, changes) => changes.Select(steps => Change(text, steps)).ToArray());

    private static byte[] Change(byte[] text, Func<byte[], byte[]>[] steps) => steps.Aggregate(text, (bytes, step) => step(bytes));

    private static Gen<Func<byte[], byte[]>> Step()
    {
        Gen<double> position = Gen.Double[0, 1];
        return Gen.OneOf(
            Gen.Select(position, Gen.Byte, Flip),
            Gen.Select(position, Gen.Int[1, 8], Cut),
            Gen.Select(position, Gen.OneOf(Insertions), Insert),
            position.Select(Truncate),
            Gen.Select(position, position, Original, Splice)
        );
    }

    private static Func<byte[], byte[]> Flip(double position, byte mask) =>
        bytes =>
        {
            byte[] flipped = [.. bytes];
            if (flipped.Length > 0)
            {
                flipped[At(position, flipped.Length - 1)] ^= mask;
            }

            return flipped;
        };

    private static Func<byte[], byte[]> Cut(double position, int length) =>
        bytes =>
        {
            int start = At(position, bytes.Length);
            return [.. bytes[..start], .. bytes[Math.Min(bytes.Length, start + length)..]];
        };

    private static Func<byte[], byte[]> Insert(double position, byte[] insertion) =>
        bytes =>
        {
            int start = At(position, bytes.Length);
            return [.. bytes[..start], .. insertion, .. bytes[start..]];
        };

    private static Func<byte[], byte[]> Truncate(double position) => bytes => bytes[..At(position, bytes.Length)];

    private static Func<byte[], byte[]> Splice(double position, double other, byte[] tail) =>
        bytes => [.. bytes[..At(position, bytes.Length)], .. tail[At(other, tail.Length)..]];

    private static int At(double position, int length) => (int)(Math.Clamp(position, 0, 1) * length);
}
