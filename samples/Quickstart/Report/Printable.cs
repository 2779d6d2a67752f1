namespace Quickstart;

/// <summary>Makes text from events and services fit for one line of a terminal: no control characters, no endless values.</summary>
internal static class Printable
{
    private const char LineSeparator = '\u2028';
    private const char ParagraphSeparator = '\u2029';

    public static string Of(string text, int maxLength)
    {
        string cut = text.Length <= maxLength ? text : $"{text.AsSpan(0, maxLength - 1)}…";
        return cut.Any(IsControl) ? string.Concat(cut.Select(character => IsControl(character) ? ' ' : character)) : cut;
    }

    private static bool IsControl(char character) => char.IsControl(character) || character is LineSeparator or ParagraphSeparator;
}
