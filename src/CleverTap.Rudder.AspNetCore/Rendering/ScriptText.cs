using System.Globalization;
using System.Text;
using CleverTap.Rudder.AspNetCore;

namespace CleverTap.Rudder.Internal.AspNetCore.Rendering;

/// <summary>
/// Text as a string literal of JavaScript that HTML cannot break: printable ASCII without what means anything to either
/// language, and escapes for all else. So neither <c>&lt;/script&gt;</c> ends the element, nor a line separator the literal, nor does
/// the page's encoding matter.
/// </summary>
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
