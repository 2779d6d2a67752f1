using System.Text.Json;

namespace CleverTap.Rudder.Tests.Mapping;

/// <summary>Holds one case of <c>Mapping/Cases/*.json</c>: an event, its mapping options and the expected result.</summary>
/// <remarks>
/// A file is a chapter. Members:
/// name; preset (default, rudder-transformer or both); options (names of <see cref="MappingOptions"/>); event or text;
/// one of records (the exact JSON), recordsContain (at least these members), filtered (the reason) and invalid (code, and
/// field and message where they matter); warnings (the exact set) or warnsOf (at least these), each "Code" or "Code Field".
/// </summary>
internal sealed record MappingCase(string Chapter, string Name, MappingOptions Options, string Text, JsonElement Expected)
{
    private static readonly string[] Members =
    [
        "name",
        "preset",
        "options",
        "event",
        "text",
        "records",
        "recordsContain",
        "filtered",
        "invalid",
        "warnings",
        "warnsOf",
    ];

    public static IReadOnlyList<MappingCase> All { get; } = [.. ReadAll()];

    private static IEnumerable<MappingCase> ReadAll()
    {
        string folder = Path.Combine(Repository.Root, "tests", "CleverTap.Rudder.Tests", "Mapping", "Cases");
        foreach (string file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            using JsonDocument chapter = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (JsonElement json in chapter.RootElement.Clone().EnumerateArray())
            {
                foreach (MappingCase one in Read(Path.GetFileNameWithoutExtension(file), json))
                {
                    yield return one;
                }
            }
        }
    }

    private static IEnumerable<MappingCase> Read(string chapter, JsonElement json)
    {
        string name = json.GetProperty("name").GetString()!;
        foreach (JsonProperty member in json.EnumerateObject())
        {
            if (!Members.Contains(member.Name))
            {
                throw new FormatException($"{chapter}: {name}: unknown member {member.Name}");
            }
        }

        bool isJson = json.TryGetProperty("event", out JsonElement rudderEvent);
        string text = isJson ? rudderEvent.GetRawText() : json.GetProperty("text").GetString()!;
        json.TryGetProperty("options", out JsonElement options);
        string preset = json.GetProperty("preset").GetString()!;
        if (preset is "default" or "both")
        {
            yield return new MappingCase(chapter, $"{name}, default", CaseOptions.Refine(MappingOptions.Default, options), text, json);
        }

        if (preset is "rudder-transformer" or "both")
        {
            yield return new MappingCase(
                chapter,
                $"{name}, rudder-transformer",
                CaseOptions.Refine(MappingOptions.RudderTransformer, options),
                text,
                json
            );
        }

        if (preset is not ("default" or "rudder-transformer" or "both"))
        {
            throw new FormatException($"{chapter}: {name}: unknown preset {preset}");
        }
    }
}
