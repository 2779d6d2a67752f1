using System.Text.Json;
using CleverTap.Rudder.Tests.Mapping;

namespace CleverTap.Rudder.Tests.Web;

/// <summary>Holds one case of <c>Web/cases.json</c>: an event and the expected calls of a page.</summary>
/// <remarks>
/// Members: name; options (names of <see cref="MappingOptions"/>); signedIn; event; one of calls (the exact JSON, each [method, argument,
/// …]), filtered and invalid.
/// </remarks>
internal sealed record WebCase(string Name, MappingOptions Options, bool IsSignedIn, string Event, JsonElement Expected)
{
    public static IReadOnlyList<WebCase> All { get; } = [.. ReadAll()];

    private static IEnumerable<WebCase> ReadAll()
    {
        string file = Path.Combine(Repository.Root, "tests", "CleverTap.Rudder.Tests", "Web", "cases.json");
        using JsonDocument cases = JsonDocument.Parse(File.ReadAllBytes(file));
        foreach (JsonElement json in cases.RootElement.Clone().EnumerateArray())
        {
            json.TryGetProperty("options", out JsonElement options);
            bool signedIn = json.TryGetProperty("signedIn", out JsonElement known) && known.GetBoolean();
            yield return new WebCase(
                json.GetProperty("name").GetString()!,
                CaseOptions.Refine(MappingOptions.Default, options),
                signedIn,
                json.GetProperty("event").GetRawText(),
                json
            );
        }
    }
}
