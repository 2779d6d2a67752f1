using System.Buffers;
using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>The event name of a page or screen view: a prefix, and the name where there is one.</summary>
internal static class ViewEventName
{
    private static readonly SearchValues<char> SpecialInHtml = SearchValues.Create("&<>\"'`=");
    private static readonly SearchValues<byte> SpecialInHtmlUtf8 = SearchValues.Create("&<>\"'`="u8);
    private static readonly FieldName Event = "event";
    private static readonly FieldName Name = "name";
    private static readonly FieldName Category = "category";
    private static readonly FieldName Title = "title";
    private static readonly FieldName PagePath = "path";

    public static JsonSlice Of(ReadOnlySpan<byte> prefix, in ParsedEvent e, MappingContext run)
    {
        JsonSlice name = FindOrFallBack(e, run);
        if (name.IsMissing)
        {
            return run.Made.AddText(prefix, default);
        }

        if (IsPlain(name, run.Options))
        {
            return run.Made.AddText(prefix, ": "u8, name.Span[1..^1]);
        }

        string text = name.ToText()!;
        return JsonSlice.FromText(
            Timestamps.Trim($"{Encoding.UTF8.GetString(prefix)}: {(run.Options.EscapeViewNames ? EscapeHtml(text) : text)}")
        );
    }

    /// <summary>As RudderStack's web integration names a page: the category behind the name, none without a name.</summary>
    public static JsonSlice OfDeviceMode(in ParsedEvent e, MappingContext run)
    {
        JsonSlice name = Find(e, run);
        if (name.IsMissing)
        {
            return run.Made.AddText("WebPage Viewed"u8, default);
        }

        JsonSlice category = e.Category;
        if (!IsName(category, "category", run))
        {
            category = run.Properties[Category];
        }

        return JsonSlice.FromText(
            IsName(category, "properties.category", run)
                ? $"WebPage Viewed {name.ToText()} {category.ToText()}"
                : $"WebPage Viewed {name.ToText()}"
        );
    }

    private static JsonSlice FindOrFallBack(in ParsedEvent e, MappingContext run)
    {
        JsonSlice name = Find(e, run);
        if (run.Options.ViewNameFallback == ViewNameFallback.None || (!name.IsMissing && !IsBlank(name)))
        {
            return name;
        }

        JsonSlice fallback = Fallback(e, run);
        return fallback.IsMissing ? name : fallback;
    }

    private static JsonSlice Fallback(in ParsedEvent e, MappingContext run)
    {
        JsonSlice page = e.Context.Member("page"u8);
        JsonSlice title = FirstName(run.Properties[Title], page.Member("title"u8));
        JsonSlice path = FirstName(run.Properties[PagePath], page.Member("path"u8));
        bool prefersPath = run.Options.ViewNameFallback == ViewNameFallback.Path;
        JsonSlice chosen = prefersPath ? FirstName(path, title) : FirstName(title, path);
        return FirstName(chosen, FirstName(e.Category, run.Properties[Category]));
    }

    private static JsonSlice FirstName(JsonSlice first, JsonSlice second)
    {
        if (IsUsable(first))
        {
            return first;
        }

        return IsUsable(second) ? second : default;
    }

    private static bool IsUsable(JsonSlice value) => value.IsPresent && !value.IsContainer && !IsBlank(value);

    private static bool IsBlank(JsonSlice name)
    {
        bool mayBeBlank = name.Kind == JsonValueKind.String && (name.Span[1] <= ' ' || name.Span[1] >= 0x7F || name.Span[1] == '\\');
        return mayBeBlank && Timestamps.Trim(name.ToText()!).Length == 0;
    }

    /// <summary>The first name there is; missing where there is none.</summary>
    private static JsonSlice Find(in ParsedEvent e, MappingContext run)
    {
        JsonSlice name = e.Event;
        if (!IsName(name, "event", run))
        {
            name = run.Properties[Event];
        }

        if (!IsName(name, "properties.event", run))
        {
            name = e.Name;
        }

        if (!IsName(name, "name", run))
        {
            name = run.Properties[Name];
        }

        return IsName(name, "properties.name", run) ? name : default;
    }

    private static bool IsName(JsonSlice value, string field, MappingContext run)
    {
        if (!value.IsPresent)
        {
            return false;
        }

        if (value.IsContainer)
        {
            run.Warn(WarningCode.FieldIgnored, field, "a name must be text and was ignored; send text");
        }

        return !value.IsContainer;
    }

    /// <summary>Text that goes into the event name as it stands: nearly all names.</summary>
    private static bool IsPlain(JsonSlice name, MappingOptions options)
    {
        if (name.Kind != JsonValueKind.String)
        {
            return false;
        }

        ReadOnlySpan<byte> content = name.Span[1..^1];
        return content[^1] is > (byte)' ' and < 0x7F
            && content.IndexOf((byte)'\\') < 0
            && !(options.EscapeViewNames && content.ContainsAny(SpecialInHtmlUtf8));
    }

    private static string EscapeHtml(string text)
    {
        if (!text.AsSpan().ContainsAny(SpecialInHtml))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 16);
        foreach (char character in text)
        {
            escaped.Append(
                character switch
                {
                    '&' => "&amp;",
                    '<' => "&lt;",
                    '>' => "&gt;",
                    '"' => "&quot;",
                    '\'' => "&#x27;",
                    '`' => "&#x60;",
                    '=' => "&#x3D;",
                    _ => character.ToString(),
                }
            );
        }

        return escaped.ToString();
    }
}
