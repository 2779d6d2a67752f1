using System.Text.Json;

namespace CleverTap.Rudder;

/// <summary>
/// Settings that come from the event: a string <c>{{ path || default }}</c> anywhere in <c>Config</c> stands for the value at
/// that path of the job (<c>event.</c> means <c>message.</c>), which the event then no longer holds, or else for the default.
/// </summary>
internal sealed class DynamicConfig(TransformJob job)
{
    private static readonly FieldName Config = "Config";

    private readonly Utf8Buffer output = new();
    private readonly JsonTree message = new(job.Message);
    private readonly JsonTree metadata = new(job.Metadata);
    private readonly JsonTree destination = new(job.Destination);

    public static bool HasTemplates(JsonValue destination) =>
        destination.Span.IndexOf("{{"u8) >= 0 && destination.Member("hasDynamicConfig"u8).Kind != JsonValueKind.False;

    /// <summary>The job with what is left of its event, and the destination with its settings filled in.</summary>
    public static (TransformJob Job, JsonValue Destination) Resolve(TransformJob job)
    {
        var config = new DynamicConfig(job);
        config.FillDestination(job.Destination);
        return (job with { Message = config.message.Value }, new JsonValue(config.output.Written.ToArray()));
    }

    private void FillDestination(JsonValue value)
    {
        var members = new MemberReader(value);
        output.Append((byte)'{');
        while (members.Next())
        {
            AppendName(members.NameSpan);
            if (members.NameSpan.SequenceEqual(Config.Span))
            {
                Fill(members.Value, depth: 1);
            }
            else
            {
                output.Append(members.Value.Span);
            }
        }

        output.Append((byte)'}');
    }

    private void Fill(JsonValue value, int depth)
    {
        switch (value.Kind)
        {
            case JsonValueKind.Object when depth < RudderEvent.MaxDepth:
                FillObject(value, depth);
                break;
            case JsonValueKind.Array when depth < RudderEvent.MaxDepth:
                FillArray(value, depth);
                break;
            case JsonValueKind.String when ConfigTemplate.Parse(value) is { } template:
                output.Append(Take(template).Span);
                break;
            default:
                output.Append(value.Span);
                break;
        }
    }

    private void FillObject(JsonValue value, int depth)
    {
        var members = new MemberReader(value);
        output.Append((byte)'{');
        while (members.Next())
        {
            AppendName(members.NameSpan);
            Fill(members.Value, depth + 1);
        }

        output.Append((byte)'}');
    }

    private void FillArray(JsonValue value, int depth)
    {
        var elements = new ElementReader(value);
        output.Append((byte)'[');
        for (bool isFirst = true; elements.Next(); isFirst = false)
        {
            if (!isFirst)
            {
                output.Append((byte)',');
            }

            Fill(elements.Value, depth + 1);
        }

        output.Append((byte)']');
    }

    /// <summary>
    /// The value that a template stands for. Only what is null or missing takes the default: false, 0 and the empty text are values.
    /// Deeper than events go there is nothing to find.
    /// </summary>
    private JsonValue Take(ConfigTemplate template)
    {
        bool isOfEvent = template.Root is "event" or "message";
        JsonTree? root = isOfEvent
            ? message
            : template.Root switch
            {
                "metadata" => metadata,
                "destination" => destination,
                _ => null,
            };
        bool canBeFound = root is not null && template.Path.Length is > 0 and <= RudderEvent.MaxDepth;
        JsonValue found = canBeFound ? root!.Find(template.Path) : default;
        if (found.IsNullOrMissing)
        {
            return JsonValue.FromText(template.Default);
        }

        if (isOfEvent)
        {
            message.Remove(template.Path);
        }

        return found;
    }

    private void AppendName(ReadOnlySpan<byte> name) => output.AppendMember(name, isFirst: output.Written[^1] == '{');
}
