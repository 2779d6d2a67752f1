using System.Text.Json;
using System.Text.RegularExpressions;

namespace CleverTap.Rudder;

/// <summary>
/// Settings that come from the event: a string <c>{{ path || default }}</c> anywhere in <c>Config</c> stands for the value at
/// that path of the job (<c>event.</c> means <c>message.</c>), which the event then no longer holds, or else for the default.
/// </summary>
internal static partial class DynamicConfig
{
    private static readonly FieldName Config = "Config";

    public static bool HasTemplates(JsonValue destination) =>
        destination.Span.IndexOf("{{"u8) >= 0 && destination.Member("hasDynamicConfig"u8).Kind != JsonValueKind.False;

    /// <summary>The job with what is left of its event, and the destination with its settings filled in.</summary>
    public static (TransformJob Job, JsonValue Destination) Resolve(TransformJob job)
    {
        var output = new Utf8Buffer();
        var members = new MemberReader(job.Destination);
        output.Append((byte)'{');
        while (members.Next())
        {
            Name(output, members.NameSpan);
            if (members.NameSpan.SequenceEqual(Config.Span)) Fill(output, members.Value, ref job, depth: 1);
            else output.Append(members.Value.Span);
        }

        output.Append((byte)'}');
        return (job, new JsonValue(output.Written.ToArray()));
    }

    private static void Fill(Utf8Buffer output, JsonValue value, ref TransformJob job, int depth)
    {
        switch (value.Kind)
        {
            case JsonValueKind.Object when depth < RudderEvent.MaxDepth:
                var members = new MemberReader(value);
                output.Append((byte)'{');
                while (members.Next())
                {
                    Name(output, members.NameSpan);
                    Fill(output, members.Value, ref job, depth + 1);
                }

                output.Append((byte)'}');
                break;
            case JsonValueKind.Array when depth < RudderEvent.MaxDepth:
                var elements = new ElementReader(value);
                output.Append((byte)'[');
                for (bool first = true; elements.Next(); first = false)
                {
                    if (!first) output.Append((byte)',');
                    Fill(output, elements.Value, ref job, depth + 1);
                }

                output.Append((byte)']');
                break;
            case JsonValueKind.String when Template().Match(value.ToText()!) is { Success: true } template:
                output.Append(Take(template, ref job).Span);
                break;
            default:
                output.Append(value.Span);
                break;
        }
    }

    /// <summary>The value that a template stands for. What is false to JavaScript is not there, as the template's own <c>||</c> says.</summary>
    private static JsonValue Take(Match template, ref TransformJob job)
    {
        string[] path = template.Groups[1].Value.Split('.');
        var names = new FieldName[path.Length - 1];
        for (int i = 0; i < names.Length; i++) names[i] = path[i + 1];

        JsonValue found = At(path[0] switch { "event" or "message" => job.Message, "metadata" => job.Metadata, "destination" => job.Destination, _ => default }, names);
        if (names.Length == 0 || !found.IsTruthy) return JsonValue.FromText(template.Groups[2].Value.Replace("\"", "", StringComparison.Ordinal).Trim());
        if (path[0] is "event" or "message") job = job with { Message = Without(job.Message, names) };
        return found;
    }

    /// <summary>Deeper than events go there is nothing to find.</summary>
    private static JsonValue At(JsonValue root, ReadOnlySpan<FieldName> path)
    {
        if (path.Length > RudderEvent.MaxDepth) return default;
        foreach (FieldName name in path) root = root.Member(name.Span);
        return root;
    }

    /// <summary>The same object without the member at a path, which it has.</summary>
    private static JsonValue Without(JsonValue value, ReadOnlySpan<FieldName> path)
    {
        var output = new Utf8Buffer();
        var members = new MemberReader(value);
        output.Append((byte)'{');
        while (members.Next())
        {
            bool isOnPath = members.NameSpan.SequenceEqual(path[0].Span);
            if (isOnPath && path.Length == 1) continue;
            Name(output, members.NameSpan);
            bool goesOn = isOnPath && members.Value.Kind == JsonValueKind.Object;
            output.Append((goesOn ? Without(members.Value, path[1..]) : members.Value).Span);
        }

        output.Append((byte)'}');
        return new JsonValue(output.Written.ToArray());
    }

    private static void Name(Utf8Buffer output, ReadOnlySpan<byte> name) => output.AppendMember(name, isFirst: output.Written[^1] == '{');

    [GeneratedRegex(@"^\{\{\s*([A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*)\s*\|\|(.*)\}\}$", RegexOptions.Singleline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Template();
}
