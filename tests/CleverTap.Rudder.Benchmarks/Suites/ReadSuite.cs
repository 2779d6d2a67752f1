using System.Text.Json;
using BenchmarkDotNet.Attributes;

namespace CleverTap.Rudder.Benchmarks.Suites;

/// <summary>Measures reading an event: into an object with full validation, and only its fields as the transformer does.</summary>
[MemoryDiagnoser]
public class ReadSuite
{
    private readonly ReadOnlyMemory<byte>[] events = SuiteEvents.CreateMixed();

    /// <summary>The minimum cost of reading JSON with System.Text.Json.</summary>
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
            lengths += RudderEvent.Parse(json).Parsed.UserId.Raw.Length;
        }

        return lengths;
    }

    [Benchmark(OperationsPerInvoke = SuiteEvents.Count)]
    public int ReadFields()
    {
        int lengths = 0;
        foreach (ReadOnlyMemory<byte> json in events)
        {
            if (EventReader.Read(json, out ParsedEvent parsed) is null)
            {
                lengths += parsed.UserId.Raw.Length;
            }
        }

        return lengths;
    }
}
