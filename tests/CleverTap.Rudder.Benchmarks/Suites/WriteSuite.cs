using System.Buffers;
using System.Text.Json;
using BenchmarkDotNet.Attributes;

namespace CleverTap.Rudder.Benchmarks.Suites;

/// <summary>Measures writing records to a JSON writer of the host.</summary>
[MemoryDiagnoser]
public class WriteSuite
{
    private readonly CleverTapRecord[] records = SuiteEvents.CreateRecords();
    private readonly ArrayBufferWriter<byte> output = new(4 * 1024 * 1024);

    /// <summary>Writes all records of 1000 events as one array.</summary>
    [Benchmark]
    public int WriteArray()
    {
        output.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartArray();
        foreach (CleverTapRecord record in records)
        {
            record.WriteTo(writer);
        }

        writer.WriteEndArray();
        writer.Flush();
        return output.WrittenCount;
    }
}
