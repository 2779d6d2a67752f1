using System.Text.Json;
using System.Text.Json.Nodes;

namespace CleverTap.Rudder.Tests.Conformance;

/// <summary>Reads the responses of rudder-transformer to thousands of events.</summary>
/// <remarks>The data is not part of the repository. The environment variable CLEVERTAP_RUDDER_CONFORMANCE contains its folder.</remarks>
internal static class ReferenceData
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("CLEVERTAP_RUDDER_CONFORMANCE");

    /// <summary>Converts numeric ids to text, because ids are text in .NET.</summary>
    public static JsonNode WithTextIds(JsonNode record)
    {
        foreach (JsonNode? node in new[] { record, record["profileData"] })
        {
            if (node is not JsonObject ids)
            {
                continue;
            }

            foreach (string name in new[] { "identity", "objectId" })
            {
                if (ids[name] is { } id && id.GetValueKind() == JsonValueKind.Number)
                {
                    ids[name] = id.ToJsonString();
                }
            }
        }

        return record;
    }

    public static string[] Lines(string file) => File.ReadAllLines(PathOf(file));

    public static string PathOf(string file)
    {
        if (Folder is null)
        {
            Assert.Ignore("CLEVERTAP_RUDDER_CONFORMANCE is not set");
        }

        return Path.Combine(Folder, file);
    }
}
