using System.Text.Json;
using CleverTap.Rudder;
using Playground.Events;

namespace Playground.Transform;

/// <summary>A record as a flat list of fields, each with its path and its value as it is uploaded.</summary>
internal sealed record RecordFields(string Key, string Title, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>The fields of each record. Records of one kind are told apart by their number.</summary>
    public static IReadOnlyList<RecordFields> Of(TransformResult result)
    {
        Dictionary<Type, int> seen = [];
        return [.. result.Records.Select(record =>
        {
            int number = seen[record.GetType()] = seen.GetValueOrDefault(record.GetType()) + 1;
            var fields = new OrderedDictionary<string, string>();
            Flatten(record.ToJsonElement(), "", fields);
            return new RecordFields($"{record.GetType().Name} {number}", TitleOf(record), fields);
        })];
    }

    private static string TitleOf(CleverTapRecord record) => record switch
    {
        ProfileRecord => "Profile",
        EventRecord named => $"Event “{named.EventName}”",
        _ => "Device token",
    };

    private static void Flatten(JsonElement value, string path, IDictionary<string, string> fields)
    {
        if (value.ValueKind == JsonValueKind.Object && value.EnumerateObject().Any())
        {
            foreach (JsonProperty member in value.EnumerateObject()) Flatten(member.Value, EventLines.Member(path, EventLines.NameOf(member)), fields);
        }
        else if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0)
        {
            int index = 0;
            foreach (JsonElement element in value.EnumerateArray()) Flatten(element, $"{path}[{index++}]", fields);
        }
        else
        {
            fields[path] = value.GetRawText();
        }
    }
}
