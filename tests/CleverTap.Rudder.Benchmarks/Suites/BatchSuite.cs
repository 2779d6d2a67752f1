using BenchmarkDotNet.Attributes;

namespace CleverTap.Rudder.Benchmarks.Suites;

/// <summary>Cutting the records of 10,000 events into uploads, and joining the uploads' bodies.</summary>
[MemoryDiagnoser]
public class BatchSuite
{
    private const int MaxBatchBytes = 1024 * 1024;

    private RecordOfEvent[] records = [];
    private CleverTapRecord[][] uploads = [];

    [Params(100, 1000)]
    public int MaxBatchRecords { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        records = [.. Enumerable.Repeat(SuiteEvents.Records(), 10).SelectMany(part => part).Select((record, index) => new RecordOfEvent(index, record))];
        uploads = [.. UploadBatch.Cut(records, MaxBatchRecords, MaxBatchBytes).Select(batch => batch.Records.Select(entry => entry.Record).ToArray())];
    }

    [Benchmark]
    public int Cut()
    {
        int count = 0;
        foreach (UploadBatch batch in UploadBatch.Cut(records, MaxBatchRecords, MaxBatchBytes)) count += batch.Count;
        return count;
    }

    [Benchmark]
    public long Join()
    {
        long bytes = 0;
        foreach (CleverTapRecord[] upload in uploads) bytes += UploadBody.Of(upload).Length;
        return bytes;
    }
}
