using System.Text.Encodings.Web;
using System.Text.Json;
using CleverTap.Rudder.Benchmarks.Generation;

namespace CleverTap.Rudder.Benchmarks.Suites;

/// <summary>The events that the suites run over: the same each time, and enough of them that no branch is learnt by heart.</summary>
internal static class SuiteEvents
{
    /// <summary>How many events one measured operation goes over, where a suite says nothing else.</summary>
    public const int Count = 1000;

    /// <summary>Events of all calls in the generator's proportions, as JSON.</summary>
    public static ReadOnlyMemory<byte>[] Mixed(int count = Count) => Generate(count, (events, json) => events.Write(json));

    /// <summary>Events of one call; see <see cref="EventGenerator.Write(Utf8JsonWriter, string)"/>.</summary>
    public static ReadOnlyMemory<byte>[] Of(string call) => Generate(Count, (events, json) => events.Write(json, call));

    /// <summary>The records of mixed events.</summary>
    public static CleverTapRecord[] Records() => [.. Mixed().SelectMany(json => CleverTapTransformer.Default.Transform(json).Records)];

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
