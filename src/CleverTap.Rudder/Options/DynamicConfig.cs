using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Options;

/// <summary>Fills in the settings of a <c>Config</c> that come from the event.</summary>
/// <remarks>
/// A string <c>{{ path || default }}</c> anywhere in <c>Config</c> is replaced by the value at that path of the job (<c>event.</c> means
/// <c>message.</c>), which is then removed from the event. If there is no value, it is replaced by the default.
/// </remarks>
internal sealed class DynamicConfig(JsonSlice eventJson, JsonSlice metadataJson, JsonSlice destinationJson)
{
    private static readonly FieldName Config = "Config";

    private readonly Utf8Buffer output = new();
    private readonly JsonTree message = new(eventJson);
    private readonly JsonTree metadata = new(metadataJson);
    private readonly JsonTree destination = new(destinationJson);

    public static bool HasTemplates(JsonSlice destination) =>
        destination.Span.IndexOf("{{"u8) >= 0 && destination.Member("hasDynamicConfig"u8).Kind != JsonValueKind.False;

    /// <summary>Fills in the settings of a destination, and removes the values that they use from the event.</summary>
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
                output.Append(Resolve(template).Span);
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
    /// Returns the value at the template's path and removes it from the event. The default replaces only what is null or missing: false, 0
    /// and the empty text are values.
    /// </summary>
    private JsonSlice Resolve(ConfigTemplate template)
    {
        JsonSlice value = Find(template);
        if (value.IsNullOrMissing)
        {
            return JsonSlice.FromText(template.Default);
        }

        if (RootOf(template) == message)
        {
            message.Remove(template.Path);
        }

        return value;
    }

    /// <summary>Finds the value at the template's path. A path that is deeper than any event finds nothing.</summary>
    private JsonSlice Find(ConfigTemplate template)
    {
        bool canExist = template.Path.Length is > 0 and <= RudderEvent.MaxDepth;
        return canExist && RootOf(template) is { } root ? root.Find(template.Path) : default;
    }

    private JsonTree? RootOf(ConfigTemplate template) =>
        template.Root switch
        {
            "event" or "message" => message,
            "metadata" => metadata,
            "destination" => destination,
            _ => null,
        };

    private void AppendName(ReadOnlySpan<byte> name) => output.AppendMember(name, isFirst: output.Written[^1] == '{');
}
