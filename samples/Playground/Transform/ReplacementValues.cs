namespace Playground.Transform;

/// <summary>What to put in a value's place to see what it is for: other values of the same kind, then nothing (null).</summary>
internal static class ReplacementValues
{
    public static IEnumerable<string?> GetFor(string value)
    {
        if (value[0] == '"')
        {
            // A date or a number that stays one: what is no date any more may give way to another with the same value.
            if (WithOtherDigit(value, FirstNumberEnd(value)) is { } other)
            {
                yield return other;
            }

            yield return $"{value[..^1]}x\"";
        }
        else
        {
            yield return value switch
            {
                "true" => "false",
                "false" => "true",
                "null" => "\"x\"",
                "{}" => """{"x":"x"}""",
                "[]" => """["x"]""",
                _ => WithOtherDigit(value, value.Length - 1),
            };
        }

        yield return null;
    }

    /// <summary>The end of the first run of digits that is no escape such as \u00e9; -1 where there is none.</summary>
    private static int FirstNumberEnd(string text)
    {
        for (int i = 1; i < text.Length - 1; i++)
        {
            if (text[i] == '\\')
            {
                i += text[i + 1] == 'u' ? 5 : 1;
            }
            else if (char.IsAsciiDigit(text[i]) && !char.IsAsciiDigit(text[i + 1]))
            {
                return i;
            }
        }

        return -1;
    }

    private static string? WithOtherDigit(string text, int at) =>
        at < 0 ? null : $"{text[..at]}{(char)('0' + ((text[at] - '0' + 1) % 10))}{text[(at + 1)..]}";
}
