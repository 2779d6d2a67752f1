using BenchmarkDotNet.Attributes;

namespace CleverTap.Rudder.Benchmarks.Suites;

/// <summary>Cutting the records of 10,000 events into uploads, and joining the uploads' bodies.</summary>
[MemoryDiagnoser]
public class BatchSuite
{
    private const int MaxBatchBytes = 1024 * 1024;

    private RecordOfEvent[] records = [];
    private UploadBatch[] uploads = [];

    [Params(100, 1000)]
    public int MaxBatchRecords { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        records = [.. Enumerable.Repeat(SuiteEvents.Records(), 10).SelectMany(part => part).Select((record, index) => new RecordOfEvent(index, record))];
        uploads = [.. UploadBatch.Cut(records, MaxBatchRecords, MaxBatchBytes)];
    }

    [Benchmark]
    public int Cut()
    {
        int count = 0;
        foreach (UploadBatch batch in UploadBatch.Cut(records, MaxBatchRecords, MaxBatchBytes)) count += batch.Count;
        return count;
    }

    [Benchmark]
    public async Task Join()
    {
        foreach (UploadBatch upload in uploads)
        {
            using var body = new UploadContent(upload.Records);
            await body.CopyToAsync(Stream.Null);
        }
    }
}
