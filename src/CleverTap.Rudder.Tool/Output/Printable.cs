namespace CleverTap.Rudder.Tool.Output;

/// <summary>Makes texts of events and services safe for one line of a terminal.</summary>
internal static class Printable
{
    private const char LineSeparator = '\u2028';
    private const char ParagraphSeparator = '\u2029';

    /// <summary>Shortens the text and replaces control characters.</summary>
    public static string Shorten(string text, int maxLength)
    {
        string cut = text.Length <= maxLength ? text : $"{text.AsSpan(0, maxLength - 1)}…";
        return cut.Any(IsControl) ? string.Concat(cut.Select(character => IsControl(character) ? ' ' : character)) : cut;
    }

    private static bool IsControl(char character) => char.IsControl(character) || character is LineSeparator or ParagraphSeparator;
}
