using System.Buffers;
using BenchmarkDotNet.Attributes;

namespace CleverTap.Rudder.Benchmarks.Suites;

/// <summary>Measures transforming events of each type with each preset, to records and to UTF-8.</summary>
[MemoryDiagnoser]
public class TransformSuite
{
    private readonly ArrayBufferWriter<byte> output = new(64 * 1024);
    private ReadOnlyMemory<byte>[] events = [];
    private CleverTapTransformer transformer = CleverTapTransformer.Default;

    [Params("identify", "track", "page", "screen", "order", "alias")]
    public string Call { get; set; } = "";

    [Params("Default", "RudderTransformer")]
    public string Preset { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        events = SuiteEvents.CreateOfType(Call);
        transformer = new CleverTapTransformer(Preset == "Default" ? MappingOptions.Default : MappingOptions.RudderTransformer);
        if (ToUtf8() != events.Length)
        {
            throw new InvalidOperationException("Every event should become a record");
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = SuiteEvents.Count)]
    public int ToUtf8()
    {
        int records = 0;
        foreach (ReadOnlyMemory<byte> json in events)
        {
            output.ResetWrittenCount();
            records += transformer.Transform(json, output).RecordCount;
        }

        return records;
    }

    [Benchmark(OperationsPerInvoke = SuiteEvents.Count)]
    public int ToRecords()
    {
        int records = 0;
        foreach (ReadOnlyMemory<byte> json in events)
        {
            records += transformer.Transform(json).Records.Count;
        }

        return records;
    }
}
