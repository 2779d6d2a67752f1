using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Mapping;

namespace CleverTap.Rudder.Internal.Options;

/// <summary>A setting of the form <c>{{ path || default }}</c>. White space around it and inside it is ignored.</summary>
internal sealed class ConfigTemplate
{
    private ConfigTemplate(string root, FieldName[] path, string defaultValue) => (Root, Path, Default) = (root, path, defaultValue);

    /// <summary>The first name of the path, such as <c>event</c>.</summary>
    public string Root { get; }

    /// <summary>The names below the root.</summary>
    public FieldName[] Path { get; }

    /// <summary>The value of the template if the path has none.</summary>
    public string Default { get; }

    /// <summary>Parses a setting. Returns null if the setting is not a template.</summary>
    public static ConfigTemplate? Parse(JsonSlice setting)
    {
        if (setting.Kind != JsonValueKind.String || setting.ToText() is not { } text)
        {
            return null;
        }

        text = EcmaScriptText.Trim(text);
        if (!text.StartsWith("{{", StringComparison.Ordinal) || !text.EndsWith("}}", StringComparison.Ordinal))
        {
            return null;
        }

        int bars = text.IndexOf("||", StringComparison.Ordinal);
        if (bars < 0)
        {
            return null;
        }

        string[] names = EcmaScriptText.Trim(text[2..bars]).Split('.');
        if (!names.All(IsName))
        {
            return null;
        }

        string defaultValue = EcmaScriptText.Trim(text[(bars + 2)..^2].Replace("\"", "", StringComparison.Ordinal));
        return new ConfigTemplate(names[0], [.. names.Skip(1).Select(name => new FieldName(name))], defaultValue);
    }

    private static bool IsName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');
}
