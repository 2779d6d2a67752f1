namespace Playground.Transform;

/// <summary>
/// Lists replacements for a value to find out what the mapping uses it for: other values of its kind, then its removal (null).
/// </summary>
internal static class ReplacementValues
{
    public static IEnumerable<string?> GetFor(string value)
    {
        if (value[0] == '"')
        {
            // Change a digit first, so that a date stays a date: an invalid date could be replaced by another field with the same value.
            if (ChangeDigit(value, FindEndOfFirstNumber(value)) is { } other)
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
                _ => ChangeDigit(value, value.Length - 1),
            };
        }

        yield return null;
    }

    /// <summary>Finds the last digit of the first number that is not part of an escape such as \u00e9; -1 if there is none.</summary>
    private static int FindEndOfFirstNumber(string text)
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

    private static string? ChangeDigit(string text, int index) =>
        index < 0 ? null : $"{text[..index]}{(char)('0' + ((text[index] - '0' + 1) % 10))}{text[(index + 1)..]}";
}
