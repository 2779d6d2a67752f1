using System.Text.Json;
using BenchmarkDotNet.Attributes;

namespace CleverTap.Rudder.Benchmarks.Suites;

/// <summary>Reading an event: into an object, every token checked, and only its index, as the transformer does.</summary>
[MemoryDiagnoser]
public class ReadSuite
{
    private readonly ReadOnlyMemory<byte>[] events = SuiteEvents.Mixed();

    /// <summary>What reading JSON costs at least with System.Text.Json.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = SuiteEvents.Count)]
    public int Tokenize()
    {
        int tokens = 0;
        foreach (ReadOnlyMemory<byte> json in events)
        {
            var reader = new Utf8JsonReader(json.Span);
            while (reader.Read())
            {
                tokens++;
            }
        }

        return tokens;
    }

    [Benchmark(OperationsPerInvoke = SuiteEvents.Count)]
    public int Parse()
    {
        int lengths = 0;
        foreach (ReadOnlyMemory<byte> json in events)
        {
            lengths += RudderEvent.Parse(json).Index.UserId.Raw.Length;
        }

        return lengths;
    }

    [Benchmark(OperationsPerInvoke = SuiteEvents.Count)]
    public int ReadIndex()
    {
        int lengths = 0;
        foreach (ReadOnlyMemory<byte> json in events)
        {
            if (EventReader.Read(json, out ParsedEvent index) is null)
            {
                lengths += index.UserId.Raw.Length;
            }
        }

        return lengths;
    }
}
