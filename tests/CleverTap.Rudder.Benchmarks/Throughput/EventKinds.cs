using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Benchmarks.Generation;

namespace CleverTap.Rudder.Benchmarks.Throughput;

/// <summary>Kinds of events whose transformation differs in cost.</summary>
internal static class EventKinds
{
    private const int MaxTinyBytes = 200;
    private const int GeneratedEvents = 2_000;

    public static string[] All { get; } = ["track", "page", "screen", "order", "identify", "identify-server", "alias", "tiny"];

    /// <summary>The kind of an event; null if it is of no kind that is measured.</summary>
    public static string? Find(ReadOnlyMemory<byte> line)
    {
        if (line.Length <= MaxTinyBytes)
        {
            return "tiny";
        }

        using var document = JsonDocument.Parse(line);
        JsonElement root = document.RootElement;
        return GetText(root, "type") switch
        {
            "track" when GetText(root, "event") == "Order Completed" => "order",
            "identify" when !HasTraitsInContext(root) => "identify-server",
            { } type when All.Contains(type) => type,
            _ => null,
        };
    }

    /// <summary>Generates events of each kind.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Generate() =>
        GeneratedLines
            .Create(GeneratedEvents * All.Length)
            .Concat(GeneratedLines.Create(GeneratedEvents, "alias"))
            .Concat(Enumerable.Range(0, GeneratedEvents).Select(CreateTiny));

    private static ReadOnlyMemory<byte> CreateTiny(int index) =>
        Encoding.UTF8.GetBytes($$"""{"type":"track","userId":"user-{{index}}","event":"Seen","properties":{ "count":{{index}} } }""");

    private static bool HasTraitsInContext(JsonElement root) =>
        root.TryGetProperty("context", out JsonElement context)
        && context.ValueKind == JsonValueKind.Object
        && context.TryGetProperty("traits", out _);

    private static string? GetText(JsonElement root, string member) =>
        root.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
