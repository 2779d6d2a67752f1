using System.Text.Encodings.Web;
using System.Text.Json;
using CleverTap.Rudder.Benchmarks.Generation;

namespace CleverTap.Rudder.Benchmarks.Suites;

/// <summary>
/// Creates the events for the suites: the same each time, and enough of them that branch prediction cannot memorize them.
/// </summary>
internal static class SuiteEvents
{
    /// <summary>The default number of events in one measured operation.</summary>
    public const int Count = 1000;

    /// <summary>Creates events of all types in the proportions of the generator, as JSON.</summary>
    public static ReadOnlyMemory<byte>[] CreateMixed(int count = Count) => Generate(count, (events, json) => events.Write(json));

    /// <summary>Creates events of one type; see <see cref="EventGenerator.Write(Utf8JsonWriter, string)"/>.</summary>
    public static ReadOnlyMemory<byte>[] CreateOfType(string type) => Generate(Count, (events, json) => events.Write(json, type));

    /// <summary>Creates the records of mixed events.</summary>
    public static CleverTapRecord[] CreateRecords() =>
        [.. CreateMixed().SelectMany(json => CleverTapTransformer.Default.Transform(json).Records)];

    private static ReadOnlyMemory<byte>[] Generate(int count, Action<EventGenerator, Utf8JsonWriter> write)
    {
        var events = new EventGenerator(seed: 1);
        var all = new ReadOnlyMemory<byte>[count];
        for (int i = 0; i < count; i++)
        {
            using var stream = new MemoryStream();
            using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                write(events, json);
            }

            all[i] = stream.ToArray();
        }

        return all;
    }
}
