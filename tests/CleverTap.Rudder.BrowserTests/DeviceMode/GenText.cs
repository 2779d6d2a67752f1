using System.Text.RegularExpressions;
using CsCheck;

namespace CleverTap.Rudder.BrowserTests.DeviceMode;

/// <summary>Generates texts from fragments with a meaning in HTML, JavaScript, JSON, UTF-8 or CleverTap.</summary>
internal static partial class RandomText
{
    private static readonly Gen<string> Fragment = Gen.Frequency(
        (
            6,
            Gen.OneOf(
                "</script>",
                "</SCRIPT >",
                "<script>",
                "<!--",
                "-->",
                "]]>",
                "</",
                "<",
                ">",
                "&",
                "&lt;",
                "&#x3c;",
                "\"",
                "'",
                "`",
                "${1}",
                "\\",
                "\\u003c",
                "\\\"",
                "//",
                "/*",
                "\u2028",
                "\u2029",
                "\u0085",
                "\0",
                "\b",
                "\n",
                "\r",
                "\r\n",
                "\t",
                "\u007f",
                "\ufeff",
                "\ufffd",
                "\uffff",
                "😀",
                "é",
                "日本",
                "\ud800",
                "\udbff",
                "\udc00",
                "\udfff",
                "\ud83d",
                "\ude00"
            )
        ),
        (
            3,
            Gen.OneOf(
                "__proto__",
                "constructor",
                "toString",
                "Site",
                "Items",
                "0",
                "7",
                "Identity",
                "name",
                "",
                " ",
                "a",
                "%3C",
                "javascript:",
                "nonce"
            )
        ),
        (1, Gen.Char.Select(character => character.ToString()))
    );

    private static readonly Gen<string> Date = Gen.OneOf(
        Gen.Long[-8_640_000_000_001, 8_640_000_000_001].Select(seconds => $"$D_{seconds}"),
        Gen.OneOf(
            "$D_0",
            "$D_-0",
            "$D_01",
            "$D_",
            "$D_1.5",
            "$D_1 ",
            "$D_1\n",
            " $D_1",
            "$D_8640000000000",
            "$D_-8640000000000",
            "$D_8640000000001"
        )
    );

    public static Gen<string> Name { get; } = Fragment.Array[0, 3].Select(string.Concat);

    public static Gen<string> Value { get; } = Gen.Frequency((6, Fragment.Array[0, 5].Select(string.Concat)), (1, Date));

    /// <summary>Parses a CleverTap date that JavaScript can represent, to milliseconds.</summary>
    public static double? ParseDate(string text) =>
        DateForm().Match(text) is { Success: true } match
        && long.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)
            is >= -8_640_000_000_000
                and <= 8_640_000_000_000
                and var seconds
            ? seconds * 1000.0
            : null;

    [GeneratedRegex(@"^\$D_(0|-?[1-9][0-9]{0,12})\z", RegexOptions.CultureInvariant)]
    private static partial Regex DateForm();
}
