using BenchmarkDotNet.Attributes;

namespace CleverTap.Rudder.Benchmarks.Suites;

/// <summary>Measures joining the records of 10,000 events into the bodies of uploads.</summary>
[MemoryDiagnoser]
public class BatchSuite
{
    private CleverTapRecord[][] uploads = [];

    [Params(100, 1000)]
    public int MaxBatchRecords { get; set; }

    [GlobalSetup]
    public void Prepare() =>
        uploads = [.. Enumerable.Repeat(SuiteEvents.CreateRecords(), 10).SelectMany(part => part).Chunk(MaxBatchRecords)];

    [Benchmark]
    public async Task Join()
    {
        foreach (CleverTapRecord[] upload in uploads)
        {
            using var body = new UploadContent(upload);
            await body.CopyToAsync(Stream.Null);
        }
    }
}
