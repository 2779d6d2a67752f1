using CsCheck;

namespace CleverTap.Rudder.Tests.Mapping;

/// <summary>Generates JSON text: every kind of value, in every spelling that JSON allows.</summary>
internal static class GenJson
{
    private static readonly Gen<string> Fragment = Gen.OneOf(
        "",
        "a",
        "Email",
        "name",
        "Charged",
        "Order Completed",
        "0",
        "7",
        " ",
        "\\\"",
        "\\\\",
        "\\/",
        "\\n",
        "\\u0000",
        "\\u001F",
        "\\u0041",
        "\\ud83d\\ude00",
        "\\uD83D",
        "\\uDE00",
        "\\u2028",
        "😀",
        "é",
        "\u2028",
        "\u007f",
        "<b>&'`=",
        "2024-03-01T10:00:00Z",
        "1700000000",
        "$D_1",
        ".",
        "null",
        "__proto__"
    );

    private static readonly Gen<string> Number = Gen.OneOf(
        Gen.OneOf(
            "0",
            "-0",
            "1.0",
            "1e2",
            "1E+400",
            "-1e400",
            "1e-400",
            "9007199254740993",
            "12345678901234567890123",
            "0.1",
            "1e21",
            "1700000000",
            "1700000000123",
            "-5"
        ),
        Gen.Int.Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        Gen.Double.Where(double.IsFinite).Select(number => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture))
    );

    public static Gen<string> Text { get; } = Fragment.Array[0, 3].Select(parts => $"\"{string.Concat(parts)}\"");

    public static Gen<string> Scalar { get; } = Gen.Frequency((4, Text), (3, Number), (1, Gen.OneOf("null", "true", "false")));

    public static Gen<string> Value { get; } =
        Gen.Recursive<string>(
            (depth, self) =>
                depth > 4
                    ? Scalar
                    : Gen.Frequency(
                        (6, Scalar),
                        (1, self.Array[0, 4].Select(Array)),
                        (1, Gen.Select(Text, self).Array[0, 4].Select(Object))
                    )
        );

    public static Gen<string> ObjectWith(Gen<string> name, Gen<string> value) => Gen.Select(name, value).Array[0, 6].Select(Object);

    private static string Array(string[] elements) => $"[{string.Join(",", elements)}]";

    private static string Object((string Name, string Value)[] members) =>
        $"{{{string.Join(",", members.Select(member => $"{member.Name}:{member.Value}"))}}}";
}
