using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CleverTap.Rudder.BrowserTests.DeviceMode;

/// <summary>Compares a record of cloud mode with a message of the SDK, field by field.</summary>
internal static class Fields
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Lists the fields of a record. The identity of a profile becomes an attribute, as in a message of the SDK.</summary>
    public static SortedDictionary<string, string> FromRecord(CleverTapRecord record)
    {
        JsonObject json = JsonNode.Parse(record.ToJson())!.AsObject();
        if (record is ProfileRecord)
        {
            json["profileData"]!["Identity"] = json["identity"]!.DeepClone();
            json.Remove("identity");
        }

        return Flatten(json, "profileData", "evtData");
    }

    /// <summary>Lists the fields of a message, without the SDK's own data: account, session, page count and campaigns.</summary>
    public static SortedDictionary<string, string> FromMessage(JsonObject message)
    {
        var json = (JsonObject)message.DeepClone();
        foreach (string own in new[] { "id", "g", "s", "pg", "af", "rc", "isOUL", "WZRK_CAMP", "wzrk_error", "dsync" })
        {
            json.Remove(own);
        }

        return Flatten(json, "profile", "evtData");
    }

    /// <summary>Returns <c>field: in cloud mode -> from the SDK</c> for each field that differs.</summary>
    public static IEnumerable<string> Compare(SortedDictionary<string, string> cloud, SortedDictionary<string, string> sdk) =>
        from field in cloud.Keys.Union(sdk.Keys).Order(StringComparer.Ordinal)
        let uploaded = cloud.GetValueOrDefault(field, "nothing")
        let sent = sdk.GetValueOrDefault(field, "nothing")
        where uploaded != sent
        select $"{field}: {uploaded} -> {sent}";

    private static SortedDictionary<string, string> Flatten(JsonObject json, params string[] bags)
    {
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, JsonNode? value) in json)
        {
            Add(fields, bags.Contains(name) ? "" : $"({name})", value);
        }

        return fields;
    }

    private static void Add(SortedDictionary<string, string> fields, string path, JsonNode? value)
    {
        if (value is JsonObject members)
        {
            foreach ((string name, JsonNode? member) in members)
            {
                Add(fields, path.Length == 0 ? name : $"{path}.{name}", member);
            }
        }
        else if (value is JsonArray elements)
        {
            for (int i = 0; i < elements.Count; i++)
            {
                Add(fields, $"{path}[{i}]", elements[i]);
            }
        }
        else
        {
            fields[path] = value?.ToJsonString(Plain) ?? "null";
        }
    }
}
