using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Options;

/// <summary>Writes a <c>Config</c> object with its environment variables filled in.</summary>
/// <param name="output">Receives the JSON.</param>
/// <param name="errors">Receives an error for each value that cannot be filled in; the value becomes null.</param>
/// <param name="withTemplates">Whether the Config may contain templates.</param>
internal sealed class ConfigResolver(Utf8Buffer output, List<string> errors, bool withTemplates)
{
    private const string EnvironmentPrefix = "env.";

    /// <summary>The settings that the library reads. Other settings are copied unchanged.</summary>
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
                output.Append(Resolve(value, path).Span);
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
        for (int index = 0; index < elements.Count; index++)
        {
            if (index > 0)
            {
                output.Append((byte)',');
            }

            Write(elements[index], $"{path}[{index}]", depth + 1);
        }

        output.Append((byte)']');
    }

    private JsonSlice Resolve(JsonSlice value, string path)
    {
        string text = value.ToText()!;
        if (IsVariable(text))
        {
            return FromEnvironment(text[EnvironmentPrefix.Length..], path);
        }

        return withTemplates || !IsTemplate(text) ? value : RejectTemplate(path);
    }

    private JsonSlice RejectTemplate(string path)
    {
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

    private static bool IsVariable(string text) =>
        text.StartsWith(EnvironmentPrefix, StringComparison.Ordinal) && text.Length > EnvironmentPrefix.Length;

    private static bool IsTemplate(string text)
    {
        ReadOnlySpan<char> trimmed = text.AsSpan().Trim();
        return trimmed.StartsWith("{{", StringComparison.Ordinal) && trimmed.EndsWith("}}", StringComparison.Ordinal);
    }
}
