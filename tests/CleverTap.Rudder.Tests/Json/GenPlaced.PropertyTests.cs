using System.Text;
using System.Text.Unicode;
using CsCheck;

namespace CleverTap.Rudder.Tests.Json;

/// <summary>A text inside a larger array, like an event inside a request.</summary>
internal sealed record Placed(byte[] Array, int Start, int Length)
{
    public ReadOnlySpan<byte> Span => Array.AsSpan(Start, Length);

    public JsonSlice Value => new(Array, Start, Length);

    public static Placed Create(byte[] before, byte[] text, byte[] after) =>
        new([.. before, .. text, .. after], before.Length, text.Length);

    public override string ToString() =>
        $"{Encoding.UTF8.GetString(Array, Start, Length)} "
        + $"({Start} bytes before, followed by: {Encoding.UTF8.GetString(Array.AsSpan(Start + Length))})";
}

/// <summary>Generates JSON with white space, long strings and runs of backslashes at any position of an array, and damaged JSON.</summary>
internal static class GenPlaced
{
    private static readonly Gen<string> Space = Gen.Frequency(
        (8, Gen.Const("")),
        (2, Gen.OneOf(" ", "\n\t", "\r\n  ")),
        (1, Gen.Int[1, 70].Select(length => new string(' ', length)))
    );

    private static readonly Gen<string> Piece = Gen.Frequency(
        (4, Gen.OneOf("", "a", "é", "😀", "[", "]", "{", "}", ",", ":", "[{", "}]", "\u2028", "\u007f", "null")),
        (4, Gen.OneOf("\\\"", "\\\\", "\\/", "\\n", "\\b", "\\u0000", "\\u005b", "\\u005C", "\\u0022", "\\ud83d\\ude00", "\\uD83D")),
        (2, Gen.Int[0, 70].Select(length => new string('x', length))),
        (2, Gen.Int[1, 70].Select(pairs => string.Concat(Enumerable.Repeat("\\\\", pairs))))
    );

    private static readonly Gen<string> Number = Gen.OneOf(
        Gen.OneOf(
            "0",
            "-0",
            "0.0",
            "1.50",
            "1e2",
            "1E+400",
            "-1e-7",
            "9007199254740993",
            "12345678901234567890123",
            "0.000001",
            "1e21",
            "-5",
            "100"
        ),
        Gen.Int.Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        Gen.Double.Where(double.IsFinite).Select(number => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture))
    );

    /// <summary>Numbers with any combination of sign, fraction and exponent, and any number of digits.</summary>
    private static readonly Gen<string> AssembledNumber = Gen.Select(
        Gen.OneOf("", "-"),
        Gen.OneOf(Gen.Const("0"), Gen.Select(Gen.Char["123456789"], Digits(0), (first, others) => first + others)),
        Gen.OneOf(Gen.Const(""), Digits(1).Select(digits => $".{digits}")),
        Gen.OneOf(Gen.Const(""), Gen.Select(Gen.Char["eE"], Gen.OneOf("", "+", "-"), Digits(1), (e, sign, digits) => e + sign + digits)),
        (sign, integer, fraction, exponent) => sign + integer + fraction + exponent
    );

    private static readonly Gen<string> Name = Gen.Frequency(
        (3, Gen.OneOf("\"a\"", "\"b\"", "\"\\u0061\"", "\"0\"", "\"7\"", "\"10\"", "\"01\"", "\"4294967295\"", "\"4294967294\"", "\"\"")),
        (1, Piece.Array[0, 4].Select(Quoted))
    );

    private static readonly Gen<string> Scalar = Gen.Frequency(
        (4, Piece.Array[0, 6].Select(Quoted)),
        (3, Number),
        (1, Gen.OneOf("null", "true", "false"))
    );

    private static readonly Gen<byte[]> Any = Value();

    private static readonly Gen<byte[]> Garbage = Gen.OneOf("]", "}", "[", "{", "\"", "\\", ",", ":", "a", " ", "1", "]}", "\"}", "\u0000")
        .Array[0, 130]
        .Select(pieces => Encoding.UTF8.GetBytes(string.Concat(pieces)));

    /// <summary>Valid JSON numbers.</summary>
    public static Gen<string> ValidNumber { get; } = Gen.Frequency((1, Number), (2, AssembledNumber));

    /// <summary>Strings, numbers and literals: valid, or with a character added, removed or changed.</summary>
    public static Gen<string> NearlyScalar { get; } =
        Gen.OneOf(
            Scalar,
            Gen.Select(
                Scalar,
                Gen.Double[0, 1],
                Gen.OneOf("0", "e", "E", "+", "-", ".", "\"", "\\", "\u0001", "\\u12", "x", "t"),
                Gen.Int[0, 2],
                (text, place, put, cut) =>
                {
                    int at = Math.Min((int)(place * text.Length), text.Length - 1);
                    return text[..at] + put + text[Math.Min(text.Length, at + cut)..];
                }
            ),
            Gen.Char["0123456789-+.eE"].Array[1, 24].Select(letters => new string(letters)),
            Gen.OneOf(
                "t",
                "tru",
                "nul",
                "truE",
                "falsey",
                "nulll",
                "\"\t\"",
                "\"\\x\"",
                "\"\\u00g0\"",
                "-",
                "01",
                "1.",
                ".5",
                "1e",
                "1e+",
                "+1",
                "--1",
                "NaN"
            )
        );

    public static Gen<Placed> WellFormed { get; } = Gen.Select(Garbage, Any, Garbage, Placed.Create);

    /// <summary>JSON that is truncated, with the rest after the slice, or has bytes changed, inserted or removed.</summary>
    /// <remarks>It is still UTF-8.</remarks>
    public static Gen<Placed> Damaged { get; } =
        Gen.OneOf(
                Gen.Select(WellFormed, Gen.Double[0, 1], (placed, place) => placed with { Length = (int)(place * placed.Length) }),
                Gen.Select(
                    Garbage,
                    Gen.Select(Any, Step().Array[1, 3], (text, steps) => steps.Aggregate(text, (bytes, step) => step(bytes))),
                    Garbage,
                    Placed.Create
                )
            )
            .Where(placed => Utf8.IsValid(placed.Span));

    private static Gen<byte[]> Value() =>
        Gen.Select(
            Space,
            Gen.Recursive<string>(
                (depth, self) =>
                    depth > 6
                        ? Scalar
                        : Gen.Frequency(
                            (5, Scalar),
                            (
                                2,
                                Gen.Select(Space, self, Space)
                                    .Array[0, 4]
                                    .Select(elements =>
                                        $"[{Joined(elements.Select(element => element.Item1 + element.Item2 + element.Item3))}]"
                                    )
                            ),
                            (
                                3,
                                Gen.Select(Space, Name, Space, Space, self)
                                    .Array[0, 5]
                                    .Select(members => $"{{{Joined(members.Select(Member))}}}")
                            )
                        )
            ),
            Space,
            (before, value, after) => Encoding.UTF8.GetBytes(before + value + after)
        );

    private static Gen<string> Digits(int min) => Gen.Char["0123456789"].Array[min, 22].Select(digits => new string(digits));

    private static Gen<Func<byte[], byte[]>> Step() =>
        Gen.Select<double, int, byte, string, Func<byte[], byte[]>>(
            Gen.Double[0, 1],
            Gen.Int[0, 3],
            Gen.Byte[1, 127],
            Gen.OneOf("\"", "\\", "{", "}", "[", "]", ",", ":", "0", "e", "\u0001", "null", " "),
            (place, kind, mask, put) =>
                bytes =>
                {
                    int at = Math.Min((int)(place * bytes.Length), Math.Max(0, bytes.Length - 1));
                    if (bytes.Length == 0)
                    {
                        return Encoding.UTF8.GetBytes(put);
                    }

                    return kind switch
                    {
                        0 => [.. bytes[..at], (byte)(bytes[at] ^ mask), .. bytes[(at + 1)..]],
                        1 => [.. bytes[..at], .. bytes[(at + 1)..]],
                        2 => [.. bytes[..at], .. Encoding.UTF8.GetBytes(put), .. bytes[at..]],
                        _ => [.. bytes[..at], .. bytes[(at / 2)..]],
                    };
                }
        );

    private static string Member((string Before, string Name, string AfterName, string BeforeValue, string Value) member) =>
        $"{member.Before}{member.Name}{member.AfterName}:{member.BeforeValue}{member.Value}";

    private static string Quoted(string[] pieces) => $"\"{string.Concat(pieces)}\"";

    private static string Joined(IEnumerable<string> parts) => string.Join(",", parts);
}
