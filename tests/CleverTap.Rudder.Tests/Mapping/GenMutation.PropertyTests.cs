using System.Text;
using CsCheck;

namespace CleverTap.Rudder.Tests.Mapping;

/// <summary>The events of all cases with a few bytes flipped, cut out, put in or taken from another event.</summary>
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

    public static Gen<byte[]> Bytes { get; } = Of(Original);

    /// <summary>The same of other texts.</summary>
    public static Gen<byte[]> Of(Gen<byte[]> original) =>
        Gen.Select(original, Step().Array[1, 4], (text, steps) => steps.Aggregate(text, (bytes, step) => step(bytes)));

    private static Gen<Func<byte[], byte[]>> Step()
    {
        Gen<double> place = Gen.Double[0, 1];
        return Gen.OneOf(
            Gen.Select(place, Gen.Byte, Flip),
            Gen.Select(place, Gen.Int[1, 8], Cut),
            Gen.Select(place, Gen.OneOf(Insertions), Insert),
            place.Select(Truncate),
            Gen.Select(place, place, Original, Splice)
        );
    }

    private static Func<byte[], byte[]> Flip(double place, byte mask) =>
        bytes =>
        {
            byte[] flipped = [.. bytes];
            if (flipped.Length > 0)
            {
                flipped[At(place, flipped.Length - 1)] ^= mask;
            }

            return flipped;
        };

    private static Func<byte[], byte[]> Cut(double place, int length) =>
        bytes =>
        {
            int start = At(place, bytes.Length);
            return [.. bytes[..start], .. bytes[Math.Min(bytes.Length, start + length)..]];
        };

    private static Func<byte[], byte[]> Insert(double place, byte[] insertion) =>
        bytes =>
        {
            int start = At(place, bytes.Length);
            return [.. bytes[..start], .. insertion, .. bytes[start..]];
        };

    private static Func<byte[], byte[]> Truncate(double place) => bytes => bytes[..At(place, bytes.Length)];

    private static Func<byte[], byte[]> Splice(double place, double other, byte[] tail) =>
        bytes => [.. bytes[..At(place, bytes.Length)], .. tail[At(other, tail.Length)..]];

    private static int At(double place, int length) => (int)(Math.Clamp(place, 0, 1) * length);
}
