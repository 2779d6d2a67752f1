using System.Text.Json;

namespace CleverTap.Rudder.AotSmoke;

/// <summary>An event and its result under each preset: its records, separated by commas, or the code of its error.</summary>
internal sealed record SmokeCase(string Name, string Event, bool ObjectIdMapping, string Default, string RudderTransformer)
{
    /// <summary>Reads the calls of the guide, a device token and invalid events.</summary>
    public static IEnumerable<SmokeCase> ReadAll()
    {
        using Stream stream = typeof(SmokeCase).Assembly.GetManifestResourceStream("cases.json")!;
        using JsonDocument cases = JsonDocument.Parse(stream);
        foreach (JsonElement json in cases.RootElement.EnumerateArray())
        {
            yield return new SmokeCase(
                json.GetProperty("name").GetString()!,
                json.GetProperty("event").GetRawText(),
                json.TryGetProperty("objectIdMapping", out JsonElement mapping) && mapping.GetBoolean(),
                ReadExpected(json, "default"),
                ReadExpected(json, "rudderTransformer")
            );
        }
    }

    private static string ReadExpected(JsonElement json, string preset) =>
        json.TryGetProperty("error", out JsonElement error)
            ? error.GetString()!
            : string.Join(',', json.GetProperty(preset).EnumerateArray().Select(record => record.GetRawText()));
}
