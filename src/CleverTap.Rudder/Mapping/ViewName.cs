using System.Buffers;
using System.Text;
using System.Text.Json;

namespace CleverTap.Rudder;

/// <summary>The event name of a page or screen view: a prefix, and the name where there is one.</summary>
internal static class ViewName
{
    private static readonly SearchValues<char> SpecialInHtml = SearchValues.Create("&<>\"'`=");
    private static readonly SearchValues<byte> SpecialInHtmlUtf8 = SearchValues.Create("&<>\"'`="u8);
    private static readonly FieldName Event = "event";
    private static readonly FieldName Name = "name";

    public static JsonValue Of(ReadOnlySpan<byte> prefix, in EventIndex e, MappingRun run)
    {
        JsonValue name = e.Event;
        if (!IsName(name, "event", run)) name = run.Properties[Event];
        if (!IsName(name, "properties.event", run)) name = e.Name;
        if (!IsName(name, "name", run)) name = run.Properties[Name];
        if (!IsName(name, "properties.name", run)) return run.Made.Text(prefix, default);
        if (IsPlain(name, run.Options)) return run.Made.Text(prefix, ": "u8, name.Span[1..^1]);
        string text = name.ToText()!;
        return JsonValue.FromText(Timestamps.Trim($"{Encoding.UTF8.GetString(prefix)}: {(run.Options.EscapeViewNames ? EscapeHtml(text) : text)}"));
    }

    private static bool IsName(JsonValue value, string field, MappingRun run)
    {
        if (!value.IsPresent) return false;
        if (value.IsContainer) run.Warn(WarningCode.FieldIgnored, field, "a name must be text; it was passed over");
        return !value.IsContainer;
    }

    /// <summary>Text that goes into the event name as it stands: nearly all names.</summary>
    private static bool IsPlain(JsonValue name, MappingOptions options)
    {
        if (name.Kind != JsonValueKind.String) return false;
        ReadOnlySpan<byte> content = name.Span[1..^1];
        return content[^1] is > (byte)' ' and < 0x7F && content.IndexOf((byte)'\\') < 0
            && !(options.EscapeViewNames && content.ContainsAny(SpecialInHtmlUtf8));
    }

    private static string EscapeHtml(string text)
    {
        if (!text.AsSpan().ContainsAny(SpecialInHtml)) return text;
        var escaped = new StringBuilder(text.Length + 16);
        foreach (char character in text)
        {
            escaped.Append(character switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#x27;",
                '`' => "&#x60;",
                '=' => "&#x3D;",
                _ => character.ToString(),
            });
        }

        return escaped.ToString();
    }
}
