using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CleverTap.Rudder.BrowserTests.DeviceMode;

/// <summary>A record of cloud mode and a message of the SDK, field by field under the same names.</summary>
internal static class Fields
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A profile's identity stands among its attributes in the SDK's message, and so it does here.</summary>
    public static SortedDictionary<string, string> OfRecord(CleverTapRecord record)
    {
        JsonObject json = JsonNode.Parse(record.ToJson())!.AsObject();
        if (record is ProfileRecord)
        {
            json["profileData"]!["Identity"] = json["identity"]!.DeepClone();
            json.Remove("identity");
        }

        return Of(json, "profileData", "evtData");
    }

    /// <summary>Without what the SDK says of itself: account, session, page count, campaigns.</summary>
    public static SortedDictionary<string, string> OfMessage(JsonObject message)
    {
        var json = (JsonObject)message.DeepClone();
        foreach (string own in new[] { "id", "g", "s", "pg", "af", "rc", "isOUL", "WZRK_CAMP", "wzrk_error", "dsync" })
        {
            json.Remove(own);
        }

        return Of(json, "profile", "evtData");
    }

    /// <summary><c>field: in cloud mode -> from the SDK</c>, for each field in which the two are not the same.</summary>
    public static IEnumerable<string> Compare(SortedDictionary<string, string> cloud, SortedDictionary<string, string> sdk) =>
        from field in cloud.Keys.Union(sdk.Keys).Order(StringComparer.Ordinal)
        let uploaded = cloud.GetValueOrDefault(field, "nothing")
        let sent = sdk.GetValueOrDefault(field, "nothing")
        where uploaded != sent
        select $"{field}: {uploaded} -> {sent}";

    private static SortedDictionary<string, string> Of(JsonObject json, params string[] bags)
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
