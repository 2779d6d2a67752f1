using System.Text.Json;
using System.Text.RegularExpressions;

namespace CleverTap.Rudder;

/// <summary>
/// Settings that come from the event: a string <c>{{ path || default }}</c> anywhere in <c>Config</c> stands for the value at
/// that path of the job (<c>event.</c> means <c>message.</c>), which the event then no longer holds, or else for the default.
/// </summary>
internal sealed partial class DynamicConfig
{
    private static readonly FieldName Config = "Config";

    private readonly Utf8Buffer output = new();
    private readonly TemplateSource message;
    private readonly TemplateSource metadata;
    private readonly TemplateSource destination;

    private DynamicConfig(TransformJob job)
    {
        message = new TemplateSource(job.Message);
        metadata = new TemplateSource(job.Metadata);
        destination = new TemplateSource(job.Destination);
    }

    public static bool HasTemplates(JsonValue destination) =>
        destination.Span.IndexOf("{{"u8) >= 0 && destination.Member("hasDynamicConfig"u8).Kind != JsonValueKind.False;

    /// <summary>The job with what is left of its event, and the destination with its settings filled in.</summary>
    public static (TransformJob Job, JsonValue Destination) Resolve(TransformJob job)
    {
        var config = new DynamicConfig(job);
        JsonValue filled = config.Fill(job.Destination);
        return (job with { Message = config.message.Rest() }, filled);
    }

    private JsonValue Fill(JsonValue source)
    {
        var members = new MemberReader(source);
        output.Append((byte)'{');
        while (members.Next())
        {
            AppendName(members.NameSpan);
            if (members.NameSpan.SequenceEqual(Config.Span))
            {
                Append(members.Value, depth: 1);
            }
            else
            {
                output.Append(members.Value.Span);
            }
        }

        output.Append((byte)'}');
        return new JsonValue(output.Written.ToArray());
    }

    private void Append(JsonValue value, int depth)
    {
        switch (value.Kind)
        {
            case JsonValueKind.Object when depth < RudderEvent.MaxDepth:
                AppendObject(value, depth);
                break;
            case JsonValueKind.Array when depth < RudderEvent.MaxDepth:
                AppendArray(value, depth);
                break;
            case JsonValueKind.String when Template().Match(value.ToText()!) is { Success: true } template:
                output.Append(Take(template).Span);
                break;
            default:
                output.Append(value.Span);
                break;
        }
    }

    private void AppendObject(JsonValue value, int depth)
    {
        var members = new MemberReader(value);
        output.Append((byte)'{');
        while (members.Next())
        {
            AppendName(members.NameSpan);
            Append(members.Value, depth + 1);
        }

        output.Append((byte)'}');
    }

    private void AppendArray(JsonValue value, int depth)
    {
        var elements = new ElementReader(value);
        output.Append((byte)'[');
        for (bool isFirst = true; elements.Next(); isFirst = false)
        {
            if (!isFirst)
            {
                output.Append((byte)',');
            }

            Append(elements.Value, depth + 1);
        }

        output.Append((byte)']');
    }

    private void AppendName(ReadOnlySpan<byte> name) => output.AppendMember(name, isFirst: output.Written[^1] == '{');

    /// <summary>
    /// The value that a template stands for. What is false to JavaScript is not there, as the template's own <c>||</c> says.
    /// </summary>
    private JsonValue Take(Match template)
    {
        string[] path = template.Groups[1].Value.Split('.');
        TemplateSource? source = path[0] switch
        {
            "event" or "message" => message,
            "metadata" => metadata,
            "destination" => destination,
            _ => null,
        };

        // Deeper than events go there is nothing to find.
        bool canBeFound = source is not null && path.Length is > 1 and <= RudderEvent.MaxDepth + 1;
        FieldName[] names = canBeFound ? Array.ConvertAll(path[1..], name => new FieldName(name)) : [];
        JsonValue found = canBeFound ? source!.Find(names) : default;
        if (!found.IsTruthy)
        {
            return JsonValue.FromText(template.Groups[2].Value.Replace("\"", "", StringComparison.Ordinal).Trim());
        }

        if (source == message)
        {
            message.Take(names);
        }

        return found;
    }

    [GeneratedRegex(
        @"^\{\{\s*([A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*)\s*\|\|(.*)\}\}$",
        RegexOptions.Singleline | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Template();
}
