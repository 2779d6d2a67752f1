using System.Buffers;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>Writes the response to the router: for each destination its batches of up to 1000 records, then its errors.</summary>
/// <remarks>The records of a job are never split over batches, and every job is in exactly one item. Not thread-safe.</remarks>
/// <param name="output">Receives the response.</param>
/// <param name="mapping">How events become records.</param>
/// <param name="requestBytes">The size of the request in bytes, which limits how often its destinations are repeated.</param>
internal sealed class RouterResponse(IBufferWriter<byte> output, MappingOptions mapping, int requestBytes)
{
    private static readonly JobError TooManyDestinations = new(
        400,
        "The destinations of the response are too large for one request; ask for fewer jobs, or make the Config smaller",
        ErrorCategory.Configuration
    );

    private readonly DestinationEchoBudget echoBudget = new(requestBytes);
    private readonly JobTransformer transformer = new();
    private readonly List<JsonSlice> pretransformedRecords = [];
    private readonly ArrayBufferWriter<byte> batchMetadata = new();
    private readonly RouterErrors errors = new();
    private bool hasItems;
    private int recordsInBatch;

    public static void WriteInvalidInput(IBufferWriter<byte> output) =>
        output.Write(
            """{"output":[{"metadata":[{"destType":"clevertap"}],"batched":false,"statusCode":400,"error":"Invalid event array"}]}"""u8
        );

    public void Write(List<TransformJob> jobs)
    {
        output.Write("{\"output\":["u8);
        foreach (JobGroup group in GroupJobs(jobs))
        {
            Write(group);
        }

        output.Write("]}"u8);
        transformer.ReturnContext();
    }

    /// <summary>Groups jobs by destination and settings, in the order of first appearance.</summary>
    private List<JobGroup> GroupJobs(List<TransformJob> jobs)
    {
        List<JobGroup> groups = [];
        Dictionary<(JsonSlice, JsonSlice), JobGroup> byKey = [];
        var destinations = new JobDestinations(mapping);
        JobGroup? group = null;
        foreach (TransformJob requestedJob in jobs)
        {
            TransformJob job = requestedJob;
            JobDestination destination = destinations.Resolve(ref job);
            if (group?.Destination != destination && !byKey.TryGetValue(destination.Key, out group))
            {
                group = new JobGroup(destination, requestedJob.Destination, []);
                groups.Add(group);
                byKey.Add(destination.Key, group);
            }

            group!.Jobs.Add(job);
        }

        return groups;
    }

    private void Write(JobGroup group)
    {
        foreach (TransformJob job in group.Jobs)
        {
            if (AddToBatch(group, job) is { } error)
            {
                errors.Add(job, error, echoBudget);
            }
        }

        CloseBatch(group);
        if (errors.IsEmpty)
        {
            return;
        }

        WriteSeparator();
        errors.MoveTo(output);
    }

    /// <summary>Adds the records of a job to the current batch. Returns an error if the job has no records or no room.</summary>
    private JobError? AddToBatch(JobGroup group, TransformJob job)
    {
        bool isPretransformed = PretransformedJob.IsPretransformed(job);
        JobError? error = isPretransformed
            ? group.Destination.Error ?? PretransformedJob.ReadRecords(job, pretransformedRecords)
            : transformer.Transform(job.Message, group.Destination);
        if (error is not null)
        {
            return error;
        }

        int count = isPretransformed ? pretransformedRecords.Count : transformer.Count;
        if (!TryOpenBatch(group, count))
        {
            return TooManyDestinations;
        }

        for (int i = 0; i < count; i++)
        {
            WriteRecord(isPretransformed ? pretransformedRecords[i].Span : transformer[i]);
        }

        AddMetadata(job);
        return null;
    }

    /// <summary>Begins a batch unless the current one has room for all records of a job.</summary>
    /// <returns>False if the response has no room for another destination.</returns>
    private bool TryOpenBatch(JobGroup group, int recordCount)
    {
        if (recordsInBatch > 0 && recordsInBatch + recordCount > CleverTapRules.RecordsPerUpload)
        {
            CloseBatch(group);
        }

        if (recordsInBatch > 0)
        {
            return true;
        }

        if (!echoBudget.TryReserve(group.RequestedDestination))
        {
            return false;
        }

        WriteSeparator();
        output.Write("{\"batchedRequest\":"u8);
        output.Write(group.Destination.RequestHead.Span);
        return true;
    }

    private void WriteRecord(ReadOnlySpan<byte> record)
    {
        if (recordsInBatch++ > 0)
        {
            output.Write(","u8);
        }

        output.Write(record);
    }

    private void AddMetadata(TransformJob job)
    {
        if (batchMetadata.WrittenCount > 0)
        {
            batchMetadata.Write(","u8);
        }

        batchMetadata.Write(JobItem.Echo(job.Metadata));
    }

    private void CloseBatch(JobGroup group)
    {
        if (recordsInBatch == 0)
        {
            return;
        }

        output.Write(RequestEnvelope.Tail);
        output.Write(",\"batched\":true},\"metadata\":["u8);
        output.Write(batchMetadata.WrittenSpan);
        output.Write("],\"batched\":false,\"statusCode\":200,\"destination\":"u8);
        output.Write(JobItem.Echo(group.RequestedDestination));
        output.Write("}"u8);
        recordsInBatch = 0;
        batchMetadata.ResetWrittenCount();
    }

    private void WriteSeparator()
    {
        if (hasItems)
        {
            output.Write(","u8);
        }

        hasItems = true;
    }

    /// <param name="Destination">The destination that the jobs share.</param>
    /// <param name="RequestedDestination">The destination as the first job contains it.</param>
    /// <param name="Jobs">The jobs in the order of the request; values that templates use are removed from their messages.</param>
    private sealed record JobGroup(JobDestination Destination, JsonSlice RequestedDestination, List<TransformJob> Jobs);
}
