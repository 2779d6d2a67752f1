using System.Buffers;
using System.Text;

namespace CleverTap.Rudder;

/// <summary>The event name of a page or screen view: a prefix, and the name where there is one.</summary>
internal static class ViewName
{
    private static readonly SearchValues<char> SpecialInHtml = SearchValues.Create("&<>\"'`=");
    private static readonly FieldName Event = "event";
    private static readonly FieldName Name = "name";

    public static JsonValue Of(string prefix, in EventIndex e, MappingRun run)
    {
        string? name = Text(e.Event, "event", run)
            ?? Text(run.Properties[Event], "properties.event", run)
            ?? Text(e.Name, "name", run)
            ?? Text(run.Properties[Name], "properties.name", run);
        if (name is null) return JsonValue.FromText(prefix);
        return JsonValue.FromText(Timestamps.Trim($"{prefix}: {(run.Options.EscapeViewNames ? EscapeHtml(name) : name)}"));
    }

    private static string? Text(JsonValue value, string field, MappingRun run)
    {
        if (!value.IsPresent) return null;
        if (value.IsContainer) run.Warn(WarningCode.FieldIgnored, field, "a name must be text; it was passed over");
        return value.ToText();
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
