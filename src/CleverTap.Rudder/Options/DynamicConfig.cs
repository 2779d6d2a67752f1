using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Options;

/// <summary>
/// Settings that come from the event: a string <c>{{ path || default }}</c> anywhere in <c>Config</c> stands for the value at
/// that path of the job (<c>event.</c> means <c>message.</c>), which the event then no longer holds, or else for the default.
/// </summary>
internal sealed class DynamicConfig(JsonSlice eventJson, JsonSlice metadataJson, JsonSlice destinationJson)
{
    private static readonly FieldName Config = "Config";

    private readonly Utf8Buffer output = new();
    private readonly JsonTree message = new(eventJson);
    private readonly JsonTree metadata = new(metadataJson);
    private readonly JsonTree destination = new(destinationJson);

    public static bool HasTemplates(JsonSlice destination) =>
        destination.Span.IndexOf("{{"u8) >= 0 && destination.Member("hasDynamicConfig"u8).Kind != JsonValueKind.False;

    /// <summary>Fills in the settings of a destination; the values that they take are removed from the event.</summary>
    public static (JsonSlice Message, JsonSlice Destination) Resolve(JsonSlice message, JsonSlice metadata, JsonSlice destination)
    {
        var config = new DynamicConfig(message, metadata, destination);
        config.FillDestination(destination);
        return (config.message.Value, new JsonSlice(config.output.Written.ToArray()));
    }

    private void FillDestination(JsonSlice value)
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

    private void Fill(JsonSlice value, int depth)
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

    private void FillObject(JsonSlice value, int depth)
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

    private void FillArray(JsonSlice value, int depth)
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
    private JsonSlice Take(ConfigTemplate template)
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
        JsonSlice found = canBeFound ? root!.Find(template.Path) : default;
        if (found.IsNullOrMissing)
        {
            return JsonSlice.FromText(template.Default);
        }

        if (isOfEvent)
        {
            message.Remove(template.Path);
        }

        return found;
    }

    private void AppendName(ReadOnlySpan<byte> name) => output.AppendMember(name, isFirst: output.Written[^1] == '{');
}
