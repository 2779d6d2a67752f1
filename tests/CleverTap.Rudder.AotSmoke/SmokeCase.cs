using System.Text.Json;

namespace CleverTap.Rudder.AotSmoke;

/// <summary>An event and what becomes of it under each preset: its records, with commas between them, or the code of its error.</summary>
internal sealed record SmokeCase(string Name, string Event, bool ObjectIdMapping, string Default, string RudderTransformer)
{
    /// <summary>The guide's calls, a device token and events that are invalid.</summary>
    public static IEnumerable<SmokeCase> All()
    {
        using Stream stream = typeof(SmokeCase).Assembly.GetManifestResourceStream("cases.json")!;
        using JsonDocument cases = JsonDocument.Parse(stream);
        foreach (JsonElement one in cases.RootElement.EnumerateArray())
        {
            yield return new SmokeCase(
                one.GetProperty("name").GetString()!,
                one.GetProperty("event").GetRawText(),
                one.TryGetProperty("objectIdMapping", out JsonElement mapping) && mapping.GetBoolean(),
                ExpectedOf(one, "default"),
                ExpectedOf(one, "rudderTransformer")
            );
        }
    }

    private static string ExpectedOf(JsonElement one, string preset) =>
        one.TryGetProperty("error", out JsonElement error)
            ? error.GetString()!
            : string.Join(',', one.GetProperty(preset).EnumerateArray().Select(record => record.GetRawText()));
}
