using System.Globalization;
using System.Text;

namespace CleverTap.Rudder.Internal.AspNetCore.Rendering;

/// <summary>Writes text as a JavaScript string literal that is safe inside an HTML script element.</summary>
/// <remarks>
/// Everything but harmless printable ASCII is escaped. So <c>&lt;/script&gt;</c> cannot end the element, a line separator cannot end the
/// literal, and the encoding of the page does not matter.
/// </remarks>
internal static class ScriptText
{
    public static StringBuilder AppendLiteral(this StringBuilder script, ReadOnlySpan<char> text)
    {
        script.Append('"');
        foreach (char character in text)
        {
            if (character is >= ' ' and <= '~' and not ('"' or '\'' or '\\' or '<' or '>' or '&' or '`'))
            {
                script.Append(character);
            }
            else if (character is '"' or '\\')
            {
                script.Append('\\').Append(character);
            }
            else
            {
                script.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
        }

        return script.Append('"');
    }
}
