using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Options;

/// <summary>Fills in the environment variables of a <c>Config</c> object and reads its lists.</summary>
internal static class ConfigValues
{
    /// <summary>Returns the Config with its environment variables filled in.</summary>
    /// <param name="config">The Config.</param>
    /// <param name="errors">Receives an error for each value that cannot be filled in; the value becomes null.</param>
    /// <param name="withTemplates">Whether the Config may contain templates.</param>
    public static JsonSlice Resolve(JsonSlice config, List<string> errors, bool withTemplates)
    {
        if (config.Kind != JsonValueKind.Object || !NeedsResolving(config))
        {
            return config;
        }

        var output = new Utf8Buffer();
        new ConfigResolver(output, errors, withTemplates).WriteConfig(config);
        return new JsonSlice(output.Written.ToArray());
    }

    /// <summary>Returns the destination with the environment variables of its Config filled in.</summary>
    public static JsonSlice ResolveIn(JsonSlice destination, List<string> errors, bool withTemplates)
    {
        var output = new Utf8Buffer();
        output.Append((byte)'{');
        var members = new MemberReader(destination);
        while (members.Next())
        {
            output.AppendMember(members.NameSpan, isFirst: output.Length == 1);
            bool isConfig = members.NameSpan.SequenceEqual("Config"u8);
            output.Append((isConfig ? Resolve(members.Value, errors, withTemplates) : members.Value).Span);
        }

        output.Append((byte)'}');
        return new JsonSlice(output.Written.ToArray());
    }

    /// <summary>
    /// Reads a list of texts, or of objects with a text in a member. Texts are trimmed, and empty texts are left out.
    /// </summary>
    public static IReadOnlyList<string> Texts(JsonSlice list, string member)
    {
        List<string> texts = [];
        foreach (JsonSlice element in list.Elements())
        {
            JsonSlice value = element.Kind == JsonValueKind.Object ? element.Member(JsonText.Encode(member)) : element;
            if (value.ToText()?.Trim() is { Length: > 0 } text)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    /// <summary>Whether the Config may contain a variable or a template. A backslash may escape either.</summary>
    private static bool NeedsResolving(JsonSlice config) =>
        config.Span.IndexOf("\"env."u8) >= 0 || config.Span.IndexOf("{{"u8) >= 0 || config.Span.Contains((byte)'\\');
}
