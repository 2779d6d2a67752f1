using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Options;

/// <summary>
/// The texts of a <c>Config</c> object: environment variables are filled in, and templates rejected that no event fills in.
/// </summary>
internal static class ConfigValues
{
    private const string EnvironmentPrefix = "env.";

    /// <summary>The settings that are read; what stands in others is no matter.</summary>
    private static readonly HashSet<FieldName> Settings =
    [
        "accountId",
        "passcode",
        "region",
        "trackAnonymous",
        "enableObjectIdMapping",
        "useNativeSDK",
        "connectionMode",
        "consentManagement",
        "oneTrustCookieCategories",
        "ketchConsentPurposes",
        "eventFilteringOption",
        "whitelistedEvents",
        "blacklistedEvents",
    ];

    /// <summary>The same Config with its environment variables filled in.</summary>
    /// <param name="config">The Config.</param>
    /// <param name="errors">Gets what cannot be filled in; in its place stands null.</param>
    /// <param name="withTemplates">Whether templates may stand in it.</param>
    public static JsonSlice Resolve(JsonSlice config, List<string> errors, bool withTemplates)
    {
        if (config.Kind != JsonValueKind.Object || !NeedsResolving(config))
        {
            return config;
        }

        var output = new Utf8Buffer();
        new Resolver(output, errors, withTemplates).WriteConfig(config);
        return new JsonSlice(output.Written.ToArray());
    }

    /// <summary>The same destination with the environment variables of its Config filled in.</summary>
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
    /// The texts of a list of texts, or of objects with a text in this member; without white space around them, and without empty ones.
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

    /// <summary>A text may be written with escapes.</summary>
    private static bool NeedsResolving(JsonSlice config) =>
        config.Span.IndexOf("\"env."u8) >= 0 || config.Span.IndexOf("{{"u8) >= 0 || config.Span.Contains((byte)'\\');

    private sealed class Resolver(Utf8Buffer output, List<string> errors, bool withTemplates)
    {
        public void WriteConfig(JsonSlice config)
        {
            output.Append((byte)'{');
            bool isFirst = true;
            var members = new MemberReader(config);
            while (members.Next())
            {
                output.AppendMember(members.NameSpan, isFirst);
                isFirst = false;
                if (Settings.Contains(members.Name))
                {
                    Write(members.Value, $"Config.{members.Name}", depth: 1);
                }
                else
                {
                    output.Append(members.Value.Span);
                }
            }

            output.Append((byte)'}');
        }

        private void Write(JsonSlice value, string path, int depth)
        {
            switch (value.Kind)
            {
                case JsonValueKind.Object when depth < RudderEvent.MaxDepth:
                    WriteObject(value, path, depth);
                    break;
                case JsonValueKind.Array when depth < RudderEvent.MaxDepth:
                    WriteArray(value, path, depth);
                    break;
                case JsonValueKind.String:
                    output.Append(Text(value, path).Span);
                    break;
                default:
                    output.Append(value.Span);
                    break;
            }
        }

        private void WriteObject(JsonSlice value, string path, int depth)
        {
            output.Append((byte)'{');
            bool isFirst = true;
            var members = new MemberReader(value);
            while (members.Next())
            {
                output.AppendMember(members.NameSpan, isFirst);
                Write(members.Value, $"{path}.{members.Name}", depth + 1);
                isFirst = false;
            }

            output.Append((byte)'}');
        }

        private void WriteArray(JsonSlice value, string path, int depth)
        {
            output.Append((byte)'[');
            List<JsonSlice> elements = value.Elements();
            for (int i = 0; i < elements.Count; i++)
            {
                if (i > 0)
                {
                    output.Append((byte)',');
                }

                Write(elements[i], $"{path}[{i}]", depth + 1);
            }

            output.Append((byte)']');
        }

        private JsonSlice Text(JsonSlice value, string path)
        {
            string text = value.ToText()!;
            if (text.StartsWith(EnvironmentPrefix, StringComparison.Ordinal) && text.Length > EnvironmentPrefix.Length)
            {
                return FromEnvironment(text[EnvironmentPrefix.Length..], path);
            }

            if (withTemplates || !IsTemplate(text))
            {
                return value;
            }

            errors.Add($"{path} is a template ({{{{ path || default }}}}), which only an event can fill in: give a value");
            return JsonSlice.Null;
        }

        private JsonSlice FromEnvironment(string variable, string path)
        {
            if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value)
            {
                return JsonSlice.FromText(value);
            }

            errors.Add($"{path} is the environment variable {variable}, which is not set: set it for this process");
            return JsonSlice.Null;
        }

        private static bool IsTemplate(string text)
        {
            ReadOnlySpan<char> trimmed = text.AsSpan().Trim();
            return trimmed.StartsWith("{{", StringComparison.Ordinal) && trimmed.EndsWith("}}", StringComparison.Ordinal);
        }
    }
}
