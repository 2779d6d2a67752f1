using System.Buffers;
using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Creates the event name of a page or screen view: a prefix and, if it has one, the name of the view.</summary>
internal static class ViewEventName
{
    private static readonly SearchValues<char> SpecialInHtml = SearchValues.Create("&<>\"'`=");
    private static readonly SearchValues<byte> SpecialInHtmlUtf8 = SearchValues.Create("&<>\"'`="u8);
    private static readonly FieldName Event = "event";
    private static readonly FieldName Name = "name";
    private static readonly FieldName Category = "category";
    private static readonly FieldName Title = "title";
    private static readonly FieldName PagePath = "path";

    public static JsonSlice Create(ReadOnlySpan<byte> prefix, in ParsedEvent parsed, MappingContext context)
    {
        JsonSlice name = FindOrUseFallback(parsed, context);
        if (name.IsMissing)
        {
            return context.Scratch.AddText(prefix, default);
        }

        if (IsPlain(name, context.Options))
        {
            return context.Scratch.AddText(prefix, ": "u8, name.Span[1..^1]);
        }

        string text = name.ToText()!;
        string escaped = context.Options.EscapeViewNames ? EscapeHtml(text) : text;
        return JsonSlice.FromText(EcmaScriptText.Trim($"{Encoding.UTF8.GetString(prefix)}: {escaped}"));
    }

    /// <summary>Creates the name of a page view as RudderStack's web integration does: the name, then the category.</summary>
    /// <remarks>The category is omitted if the page has no name.</remarks>
    public static JsonSlice CreateForDeviceMode(in ParsedEvent parsed, MappingContext context)
    {
        JsonSlice name = Find(parsed, context);
        if (name.IsMissing)
        {
            return context.Scratch.AddText("WebPage Viewed"u8, default);
        }

        JsonSlice category = parsed.Category;
        if (!IsName(category, "category", context))
        {
            category = context.Properties[Category];
        }

        return JsonSlice.FromText(
            IsName(category, "properties.category", context)
                ? $"WebPage Viewed {name.ToText()} {category.ToText()}"
                : $"WebPage Viewed {name.ToText()}"
        );
    }

    private static JsonSlice FindOrUseFallback(in ParsedEvent parsed, MappingContext context)
    {
        JsonSlice name = Find(parsed, context);
        if (context.Options.ViewNameFallback == ViewNameFallback.None || (!name.IsMissing && !IsBlank(name)))
        {
            return name;
        }

        JsonSlice fallback = FindFallback(parsed, context);
        return fallback.IsMissing ? name : fallback;
    }

    private static JsonSlice FindFallback(in ParsedEvent parsed, MappingContext context)
    {
        JsonSlice page = parsed.Context.Member("page"u8);
        JsonSlice title = FirstName(context.Properties[Title], page.Member("title"u8));
        JsonSlice path = FirstName(context.Properties[PagePath], page.Member("path"u8));
        bool prefersPath = context.Options.ViewNameFallback == ViewNameFallback.Path;
        JsonSlice chosen = prefersPath ? FirstName(path, title) : FirstName(title, path);
        return FirstName(chosen, FirstName(parsed.Category, context.Properties[Category]));
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
        return mayBeBlank && EcmaScriptText.Trim(name.ToText()!).Length == 0;
    }

    /// <summary>Finds the first name, or returns a missing value.</summary>
    private static JsonSlice Find(in ParsedEvent parsed, MappingContext context)
    {
        JsonSlice name = parsed.Event;
        if (!IsName(name, "event", context))
        {
            name = context.Properties[Event];
        }

        if (!IsName(name, "properties.event", context))
        {
            name = parsed.Name;
        }

        if (!IsName(name, "name", context))
        {
            name = context.Properties[Name];
        }

        return IsName(name, "properties.name", context) ? name : default;
    }

    private static bool IsName(JsonSlice value, string field, MappingContext context)
    {
        if (!value.IsPresent)
        {
            return false;
        }

        if (value.IsContainer)
        {
            context.Warn(WarningCode.FieldIgnored, field, "a name must be text and was ignored; send text");
        }

        return !value.IsContainer;
    }

    /// <summary>Whether the bytes of a name can be copied into the event name. This is true for nearly all names.</summary>
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
